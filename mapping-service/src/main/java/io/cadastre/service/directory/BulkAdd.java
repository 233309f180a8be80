/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.LDAPConnection;
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
 * The fast path, for owners who have one allocation and it is active: most are new to the
 * directory. A few searches ask who is not; the others' entries are then added, many requests under
 * way at once.
 */
final class BulkAdd {
  /** Below slapd's conn_max_pending for anonymous connections, 100. */
  private static final int UNDER_WAY = 64;

  private final EntryCodec codec;
  private final LDAPConnection connection;
  private final KnownOwners knownOwners;
  private final WriteTally tally;
  private final long timeoutMillis;
  private final Set<String> published = new HashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(String stableId, AsyncRequestID add) {}

  BulkAdd(EntryCodec codec, LDAPConnection connection, KnownOwners knownOwners, WriteTally tally) {
    this.codec = codec;
    this.connection = connection;
    this.knownOwners = knownOwners;
    this.tally = tally;
    this.timeoutMillis = connection.getConnectionOptions().getResponseTimeoutMillis();
  }

  static boolean applies(OwnerState state) {
    return state.allocations().size() == 1
        && state.allocations().get(0).state() == AllocationState.ACTIVE
        && EntryDiff.isPublished(state.allocations().get(0));
  }

  /**
   * Tries to add the entries.
   *
   * @return the stable ids of those that are now published; the others need a closer look
   */
  Set<String> run(List<OwnerState> states) throws LDAPException {
    try {
      for (int from = 0; from < states.size(); from += KnownOwners.AT_ONCE) {
        addUnknown(states.subList(from, Math.min(states.size(), from + KnownOwners.AT_ONCE)));
      }
    } catch (LDAPException e) {
      // The connection may serve again: no add may then come after what the next attempt does.
      awaitAll();
      throw e;
    }
    awaitAll();
    return published;
  }

  /** Asks while the adds of those before are under way, so that the server always has some. */
  private void addUnknown(List<OwnerState> states) throws LDAPException {
    Set<OwnerState> known = knownOwners.among(states);
    for (OwnerState state : states) {
      if (!known.contains(state)) {
        add(state.stableId(), state.allocations().get(0));
      }
    }
  }

  private void add(String stableId, Allocation allocation) throws LDAPException {
    while (pending.size() >= UNDER_WAY) {
      awaitOldest();
    }
    pending.add(
        new Pending(stableId, connection.asyncAdd(new AddRequest(codec.encode(allocation)), null)));
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
      tally.taken();
    }
  }

  private LDAPResult await(AsyncRequestID request) throws LDAPException {
    try {
      LDAPResult result = request.get(timeoutMillis, TimeUnit.MILLISECONDS);
      if (LdapResultCodes.meanUnavailable(result.getResultCode())) {
        throw new LDAPException(result);
      }
      return result;
    } catch (TimeoutException e) {
      throw new LDAPException(
          ResultCode.TIMEOUT, "no answer within %d ms".formatted(timeoutMillis), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LDAPException(ResultCode.LOCAL_ERROR, "interrupted while waiting", e);
    }
  }
}
