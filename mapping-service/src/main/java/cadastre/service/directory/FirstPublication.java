/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.directory;

import cadastre.schema.SchemaNames;
import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.CompareRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The fast path, for owners who have one allocation and it is active: most are new to the
 * directory, so their entries are added without looking first, many requests under way at once. A
 * compare beside each add tells whether a retired entry is left over.
 */
final class FirstPublication {
  /** Below slapd's conn_max_pending for anonymous connections, 100. */
  private static final int UNDER_WAY = 64;

  private final EntryCodec codec;
  private final LDAPConnection connection;
  private final long timeoutMillis;
  private final Set<String> published = new HashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(String stableId, AsyncRequestID add, AsyncRequestID leftover) {}

  FirstPublication(EntryCodec codec, LDAPConnection connection) {
    this.codec = codec;
    this.connection = connection;
    this.timeoutMillis = connection.getConnectionOptions().getResponseTimeoutMillis();
  }

  static boolean applies(OwnerState state) {
    return state.allocations().size() == 1
        && state.allocations().get(0).state() == AllocationState.ACTIVE
        && Drift.isPublished(state.allocations().get(0));
  }

  /**
   * Tries to add the entries.
   *
   * @return the stable ids of those that are now published; the others need a closer look
   */
  Set<String> run(Collection<OwnerState> states) throws LDAPException {
    for (OwnerState state : states) {
      while (pending.size() * 2 >= UNDER_WAY) {
        awaitOldest();
      }
      send(state.stableId(), state.allocations().get(0));
    }
    while (!pending.isEmpty()) {
      awaitOldest();
    }
    return published;
  }

  private void send(String stableId, Allocation allocation) throws LDAPException {
    CompareRequest leftover =
        new CompareRequest(
            codec.retiredDn(allocation).toString(),
            SchemaNames.ALLOCATION_ID,
            allocation.id().toString());
    AsyncRequestID compared = connection.asyncCompare(leftover, null);
    AsyncRequestID added = connection.asyncAdd(new AddRequest(codec.encode(allocation)), null);
    pending.add(new Pending(stableId, added, compared));
  }

  private void awaitOldest() throws LDAPException {
    Pending oldest = pending.remove();
    LDAPResult added = await(oldest.add());
    LDAPResult leftover = await(oldest.leftover());
    if (added.getResultCode().equals(ResultCode.SUCCESS)
        && leftover.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
      published.add(oldest.stableId());
    }
  }

  private LDAPResult await(AsyncRequestID request) throws LDAPException {
    try {
      LDAPResult result = request.get(timeoutMillis, TimeUnit.MILLISECONDS);
      if (Refusals.meanUnavailable(result.getResultCode())) {
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
