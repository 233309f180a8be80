/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Set;

/** Which of the server's answers are about the server, and which about one entry. */
final class LdapResultCodes {
  private static final Set<ResultCode> UNAVAILABLE =
      Set.of(
          ResultCode.SERVER_DOWN,
          ResultCode.CONNECT_ERROR,
          ResultCode.TIMEOUT,
          ResultCode.DECODING_ERROR,
          ResultCode.LOCAL_ERROR,
          ResultCode.BUSY,
          ResultCode.UNAVAILABLE,
          ResultCode.INVALID_CREDENTIALS,
          ResultCode.STRONG_AUTH_REQUIRED,
          ResultCode.CONFIDENTIALITY_REQUIRED);

  private LdapResultCodes() {}

  /** What the server said, or what kept it from saying something. */
  static String reason(LDAPException e) {
    String said = e.getDiagnosticMessage() == null ? e.getMessage() : e.getDiagnosticMessage();
    return "%s: %s".formatted(e.getResultCode().getName(), said);
  }

  static boolean meanUnavailable(ResultCode code) {
    return UNAVAILABLE.contains(code);
  }
}
