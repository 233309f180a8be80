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
 * Lets nobody but the service bind to the embedded directory. It knows no ACLs: whoever is bound
 * may write, an account whose LDIF has a password too. Immutable.
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
