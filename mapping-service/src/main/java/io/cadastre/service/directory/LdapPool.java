/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.cadastre.service.config.SearchBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one directory. Every operation without an answer throws {@link
 * DirectoryUnavailable}. Thread-safe.
 */
final class LdapPool implements AutoCloseable {
  private static final int PAGE = 1000;

  private final String role;
  private final LDAPConnectionPool pool;

  LdapPool(String role, LDAPConnectionPool pool) {
    this.role = role;
    this.pool = pool;
  }

  /** An operation on one connection. */
  @FunctionalInterface
  interface Operation<T> {
    T run(LDAPConnection connection) throws LDAPException;
  }

  /**
   * Runs an idempotent operation. If the connection breaks meanwhile, for instance because the
   * server restarts, the operation runs once more on another connection.
   */
  <T> T run(Operation<T> operation) {
    try {
      try {
        return runOnce(operation);
      } catch (LDAPException e) {
        if (e.getResultCode().equals(ResultCode.SERVER_DOWN)) {
          return runOnce(operation);
        }
        throw e;
      }
    } catch (LDAPException e) {
      throw unavailable(e);
    }
  }

  private <T> T runOnce(Operation<T> operation) throws LDAPException {
    LDAPConnection connection = pool.getConnection();
    boolean healthy = false;
    try {
      T answer = operation.run(connection);
      healthy = true;
      return answer;
    } catch (LDAPException e) {
      healthy = e.getResultCode().isConnectionUsable();
      throw e;
    } finally {
      if (healthy) {
        pool.releaseConnection(connection);
      } else {
        pool.releaseDefunctConnection(connection);
      }
    }
  }

  DirectoryUnavailable unavailable(LDAPException e) {
    return new DirectoryUnavailable(
        "the %s does not serve the service: %s".formatted(role, LdapResultCodes.reason(e)), e);
  }

  /**
   * Reads all entries below a base in pages of {@value #PAGE}, and maps each by {@code reading}.
   */
  <T> List<T> search(
      String base, Filter filter, List<String> attributes, Function<SearchResultEntry, T> reading) {
    return search(SearchBase.of(base), filter, attributes, reading);
  }

  /** The same, with the base's setting for aliases. */
  <T> List<T> search(
      SearchBase base,
      Filter filter,
      List<String> attributes,
      Function<SearchResultEntry, T> reading) {
    return read(base, filter, attributes, ArrayList::new, (all, e) -> all.add(reading.apply(e)));
  }

  /**
   * Reads all entries below a base in pages of {@value #PAGE}, and gives each to {@code each} as it
   * arrives. If the connection breaks, the reading begins again with another collector.
   *
   * @param start makes an empty collector
   * @return the collector that has got each entry once
   */
  <C> C read(
      SearchBase base,
      Filter filter,
      List<String> attributes,
      Supplier<C> start,
      BiConsumer<C, SearchResultEntry> each) {
    return run(
        connection -> {
          C collector = start.get();
          Pages pages = new Pages(entry -> each.accept(collector, entry));
          SearchRequest request = request(pages, base, filter, attributes);
          @Nullable ASN1OctetString cookie = null;
          do {
            request.setControls(new SimplePagedResultsControl(PAGE, cookie));
            SearchResult result = connection.search(request);
            SimplePagedResultsControl answer = SimplePagedResultsControl.get(result);
            cookie = answer != null && answer.moreResultsToReturn() ? answer.getCookie() : null;
          } while (cookie != null);
          return collector;
        });
  }

  /** Counts the entries below a base, up to a limit; 0 if the directory refuses to count them. */
  long count(SearchBase base, Filter filter, int most) {
    return run(
        connection -> {
          long[] found = {0};
          SearchRequest request =
              request(new Pages(entry -> found[0]++), base, filter, List.of("1.1"));
          request.setSizeLimit(most);
          try {
            SearchResult unused = connection.search(request);
          } catch (LDAPException e) {
            if (LdapResultCodes.meanUnavailable(e.getResultCode())) {
              throw e;
            }
          }
          return found[0];
        });
  }

  /** Measures a search for an entry that is not there. */
  long nanosOfSearch(String base, Filter filter) {
    long begun = System.nanoTime();
    long unused = count(SearchBase.of(base), filter, 1);
    return System.nanoTime() - begun;
  }

  /** Measures the reading of one entry by its DN. */
  long nanosOfReading(String dn) {
    long begun = System.nanoTime();
    ping(dn);
    return System.nanoTime() - begun;
  }

  /** A search of the subtree, without limits of its own. */
  static SearchRequest request(
      SearchResultListener listener, SearchBase base, Filter filter, List<String> attributes) {
    DereferencePolicy aliases =
        switch (base.dereferencing()) {
          case NEVER -> DereferencePolicy.NEVER;
          case SEARCHING -> DereferencePolicy.SEARCHING;
          case FINDING -> DereferencePolicy.FINDING;
          case ALWAYS -> DereferencePolicy.ALWAYS;
        };
    return new SearchRequest(
        listener,
        base.dn(),
        SearchScope.SUB,
        aliases,
        0,
        0,
        false,
        filter,
        attributes.toArray(String[]::new));
  }

  /** Reads the entry of this DN if it exists and matches the filter. */
  Optional<SearchResultEntry> entry(String dn, Filter filter, List<String> attributes) {
    return run(
        connection -> {
          SearchRequest request =
              new SearchRequest(dn, SearchScope.BASE, filter, attributes.toArray(String[]::new));
          try {
            return connection.search(request).getSearchEntries().stream().findFirst();
          } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /**
   * Returns if this entry can be read.
   *
   * @throws DirectoryUnavailable if not
   */
  void ping(String dn) {
    if (entry(dn, Filter.createPresenceFilter("objectClass"), List.of("1.1")).isEmpty()) {
      throw new DirectoryUnavailable(
          "the %s has no entry %s, or does not let the service read it".formatted(role, dn));
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Passes on the entries of a search; ignores references to other servers. */
  private record Pages(Consumer<SearchResultEntry> each) implements SearchResultListener {
    private static final long serialVersionUID = 1L;

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      each.accept(entry);
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {}
  }
}
