/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.ResultCode;
import java.util.Set;

/**
 * Counts the writes of a batch that the directory took, and notes whether it refused one for a
 * reason that is not the entry's own: it is read-only, the service may not write, the base or the
 * schema is missing. Used by one thread.
 */
final class WriteTally {
  /** What a server says of itself rather than of an entry: RFC 4511, appendix A. */
  private static final Set<ResultCode> OF_THE_WHOLE =
      Set.of(
          ResultCode.UNWILLING_TO_PERFORM,
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

  private boolean taken;
  private boolean refusedAsAWhole;

  void taken() {
    taken = true;
  }

  void refused(ResultCode code) {
    refusedAsAWhole |= OF_THE_WHOLE.contains(code);
  }

  /** Whether the directory took nothing at all, for a reason of its own. */
  boolean isOfTheWhole() {
    return refusedAsAWhole && !taken;
  }
}
