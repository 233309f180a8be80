/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Adds the entries of owners with one allocation that is active; most are new to the directory. A
 * few searches find the owners with entries; the entries of the others are added with many requests
 * under way at once. Used once, by one thread.
 */
final class BulkAdd {
  /** Below slapd's conn_max_pending for anonymous connections, 100. */
  private static final int MAX_PENDING = 64;

  private final EntryCodec codec;
  private final EntryConnection connection;
  private final Set<String> published = new HashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(String stableId, AsyncRequestID add) {}

  BulkAdd(EntryCodec codec, EntryConnection connection) {
    this.codec = codec;
    this.connection = connection;
  }

  static boolean appliesTo(OwnerState state) {
    return state.allocations().size() == 1
        && state.allocations().get(0).state() == AllocationState.ACTIVE
        && EntryCodec.hasEntry(state.allocations().get(0));
  }

  /**
   * Tries to add the entries.
   *
   * @return the stable ids of the owners published; {@link OwnerPublication} is for the others
   */
  Set<String> run(List<OwnerState> states) throws LDAPException {
    int most = EntryConnection.OWNERS_PER_SEARCH;
    try {
      for (int from = 0; from < states.size(); from += most) {
        addMissing(states.subList(from, Math.min(states.size(), from + most)));
      }
    } catch (LDAPException e) {
      // The connection may be used again: no add may arrive after the requests of the next attempt.
      awaitAll();
      throw e;
    }
    awaitAll();
    return published;
  }

  /** Searches while earlier adds are under way, so that the server always has work. */
  private void addMissing(List<OwnerState> states) throws LDAPException {
    Set<OwnerState> known = connection.ownersWithEntries(states);
    for (OwnerState state : states) {
      if (!known.contains(state)) {
        add(state.stableId(), state.allocations().get(0));
      }
    }
  }

  private void add(String stableId, Allocation allocation) throws LDAPException {
    while (pending.size() >= MAX_PENDING) {
      awaitOldest();
    }
    pending.add(new Pending(stableId, connection.beginAdd(codec.encode(allocation))));
  }

  private void awaitAll() throws LDAPException {
    while (!pending.isEmpty()) {
      awaitOldest();
    }
  }

  private void awaitOldest() throws LDAPException {
    Pending oldest = pending.remove();
    if (await(oldest.add()).getResultCode().equals(ResultCode.SUCCESS)) {
      published.add(oldest.stableId());
      connection.noteAccepted();
    }
  }

  private LDAPResult await(AsyncRequestID request) throws LDAPException {
    long millis = connection.responseTimeoutMillis();
    try {
      LDAPResult result = request.get(millis, TimeUnit.MILLISECONDS);
      if (LdapResultCodes.meanUnavailable(result.getResultCode())) {
        throw new LDAPException(result);
      }
      return result;
    } catch (TimeoutException e) {
      throw new LDAPException(ResultCode.TIMEOUT, "no answer within %d ms".formatted(millis), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LDAPException(ResultCode.LOCAL_ERROR, "interrupted while waiting", e);
    }
  }
}
