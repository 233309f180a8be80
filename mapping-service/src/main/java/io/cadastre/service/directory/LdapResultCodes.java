/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Set;

/** Classifies result codes: about the server, or about one entry (RFC 4511, appendix A). */
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

  private static final Set<ResultCode> SERVER =
      Set.of(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.REFERRAL,
          ResultCode.ADMIN_LIMIT_EXCEEDED,
          ResultCode.UNAVAILABLE_CRITICAL_EXTENSION,
          ResultCode.UNDEFINED_ATTRIBUTE_TYPE,
          ResultCode.INVALID_ATTRIBUTE_SYNTAX,
          ResultCode.OBJECT_CLASS_VIOLATION,
          ResultCode.NO_OPERATION,
          ResultCode.AUTHORIZATION_DENIED,
          ResultCode.OTHER);

  private LdapResultCodes() {}

  /** Returns the name of the result code and the message of the server or of the library. */
  static String reason(LDAPException e) {
    String message = e.getDiagnosticMessage() == null ? e.getMessage() : e.getDiagnosticMessage();
    return "%s: %s".formatted(e.getResultCode().getName(), message);
  }

  /** Whether the server did not carry out the operation and may do so later. */
  static boolean meanUnavailable(ResultCode code) {
    return UNAVAILABLE.contains(code);
  }

  /**
   * Whether a refused write may be due to the server rather than the entry: it is read-only, the
   * service may not write, or the base or the schema is missing.
   */
  static boolean concernsServer(ResultCode code) {
    return SERVER.contains(code) || isUnwilling(code);
  }

  /**
   * Whether a refused write is due to the state of the server, as of one that is read-only or being
   * restored, even if the server has accepted other writes before.
   */
  static boolean isUnwilling(ResultCode code) {
    return code.equals(ResultCode.UNWILLING_TO_PERFORM);
  }
}
