/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Detects writes to the embedded directory. Thread-safe. */
final class ChangeDetector extends InMemoryOperationInterceptor {
  private final AtomicBoolean changed = new AtomicBoolean();

  /** Returns whether there was a write since the last call. */
  boolean take() {
    return changed.getAndSet(false);
  }

  /** Makes the next {@link #take()} true. */
  void note() {
    changed.set(true);
  }

  @Override
  public void processAddResult(InMemoryInterceptedAddResult result) {
    note();
  }

  @Override
  public void processDeleteResult(InMemoryInterceptedDeleteResult result) {
    note();
  }

  @Override
  public void processModifyResult(InMemoryInterceptedModifyResult result) {
    note();
  }

  @Override
  public void processModifyDNResult(InMemoryInterceptedModifyDNResult result) {
    note();
  }
}
