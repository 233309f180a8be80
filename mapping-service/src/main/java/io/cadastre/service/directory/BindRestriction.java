/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSASLBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/**
 * Refuses every bind to the embedded directory except the service's. The server has no ACLs: every
 * bound user may write, and an account with a password in its LDIF could bind. Immutable.
 */
final class BindRestriction extends InMemoryOperationInterceptor {
  private final String bindDn;

  BindRestriction(String bindDn) {
    this.bindDn = bindDn;
  }

  @Override
  public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request)
      throws LDAPException {
    String dn = request.getRequest().getBindDN();
    if (!dn.isEmpty() && !dn.equals(bindDn)) {
      throw refused();
    }
  }

  @Override
  public void processSASLBindRequest(InMemoryInterceptedSASLBindRequest request)
      throws LDAPException {
    throw refused();
  }

  private static LDAPException refused() {
    return new LDAPException(
        ResultCode.INVALID_CREDENTIALS, "only the service binds to its embedded directory");
  }
}
