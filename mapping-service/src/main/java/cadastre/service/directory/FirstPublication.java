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
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The fast path, for owners who have one allocation and it is active: most are new to the
 * directory. One search for many asks who is not; the others' entries are added, many requests
 * under way at once.
 */
final class FirstPublication {
  /** Below slapd's conn_max_pending for anonymous connections, 100. */
  private static final int UNDER_WAY = 64;

  /** How many owners one search asks for. */
  private static final int ASKED = 100;

  private final EntryCodec codec;
  private final LDAPConnection connection;
  private final List<String> bases;
  private final long timeoutMillis;
  private final Set<String> published = new HashSet<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  private record Pending(String stableId, AsyncRequestID add) {}

  FirstPublication(EntryCodec codec, LDAPConnection connection, List<String> bases) {
    this.codec = codec;
    this.connection = connection;
    this.bases = bases;
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
  Set<String> run(List<OwnerState> states) throws LDAPException {
    for (int from = 0; from < states.size(); from += ASKED) {
      List<OwnerState> some = states.subList(from, Math.min(states.size(), from + ASKED));
      Set<String> known = known(some);
      for (OwnerState state : some) {
        Allocation allocation = state.allocations().get(0);
        if (!known.contains(state.stableId()) && !known.contains(allocation.id().toString())) {
          add(state.stableId(), allocation);
        }
      }
    }
    while (!pending.isEmpty()) {
      awaitOldest();
    }
    return published;
  }

  /** The stable ids and the allocation ids that the directory has already, of these. */
  private Set<String> known(Collection<OwnerState> states) throws LDAPException {
    List<Filter> any = new ArrayList<>();
    for (OwnerState state : states) {
      String id = state.allocations().get(0).id().toString();
      any.add(Filter.createEqualityFilter(SchemaNames.STABLE_ID, state.stableId()));
      any.add(Filter.createEqualityFilter(SchemaNames.ALLOCATION_ID, id));
    }
    Set<String> known = new HashSet<>();
    for (String base : bases) {
      for (SearchResultEntry entry :
          connection
              .search(
                  base,
                  SearchScope.SUB,
                  Filter.createORFilter(any),
                  SchemaNames.STABLE_ID,
                  SchemaNames.ALLOCATION_ID)
              .getSearchEntries()) {
        known.add(String.valueOf(entry.getAttributeValue(SchemaNames.STABLE_ID)));
        known.add(
            String.valueOf(entry.getAttributeValue(SchemaNames.ALLOCATION_ID))
                .toLowerCase(Locale.ROOT));
      }
    }
    return known;
  }

  private void add(String stableId, Allocation allocation) throws LDAPException {
    while (pending.size() >= UNDER_WAY) {
      awaitOldest();
    }
    pending.add(
        new Pending(stableId, connection.asyncAdd(new AddRequest(codec.encode(allocation)), null)));
  }

  private void awaitOldest() throws LDAPException {
    Pending oldest = pending.remove();
    if (await(oldest.add()).getResultCode().equals(ResultCode.SUCCESS)) {
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
