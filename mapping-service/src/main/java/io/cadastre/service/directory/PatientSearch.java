/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.cadastre.service.config.SearchBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads all entries of a large search in pages, and waits as long as the server works: if it is
 * silent for the response timeout, it must answer on another connection. Immutable.
 */
final class PatientSearch {
  private static final int PAGE = 1000;

  /** slapd evaluates the filter anew for each page, so a slow filter gets few pages. */
  private static final int PAGE_OF_A_SLOW_FILTER = 1_000_000;

  private static final Duration SLOW_PAGE = Duration.ofSeconds(2);
  private static final long TICK_MILLIS = 1000;

  private final LdapPool pool;
  private final LongConsumer progress;

  /**
   * Searches over this pool.
   *
   * @param progress gets the number of entries found so far, once a second, from the thread that
   *     searches
   */
  PatientSearch(LdapPool pool, LongConsumer progress) {
    this.pool = pool;
    this.progress = progress;
  }

  /**
   * What a search found.
   *
   * @param longestSilence the longest time that the server took to send something
   */
  record Found<T>(List<T> values, Duration longestSilence) {}

  /**
   * Reads all entries below a base, and maps each by {@code reading}.
   *
   * @throws DirectoryUnavailable if the directory does not answer to the end
   */
  <T> Found<T> run(
      SearchBase base,
      Filter filter,
      List<String> attributes,
      Function<SearchResultEntry, T> reading) {
    return pool.run(
        connection -> {
          Entries<T> entries = new Entries<>(reading);
          SearchRequest request = LdapPool.request(entries, base, filter, attributes);
          request.setResponseTimeoutMillis(0);
          int page = PAGE;
          @Nullable ASN1OctetString cookie = null;
          do {
            request.setControls(new SimplePagedResultsControl(page, cookie));
            long begun = System.nanoTime();
            SearchResult result = awaited(connection, request, entries);
            if (System.nanoTime() - begun > SLOW_PAGE.toNanos()) {
              page = PAGE_OF_A_SLOW_FILTER;
            }
            SimplePagedResultsControl answer = SimplePagedResultsControl.get(result);
            cookie = answer != null && answer.moreResultsToReturn() ? answer.getCookie() : null;
          } while (cookie != null);
          return new Found<>(entries.all, Duration.ofNanos(entries.longestSilence));
        });
  }

  private SearchResult awaited(LDAPConnection connection, SearchRequest request, Entries<?> entries)
      throws LDAPException {
    long patience = connection.getConnectionOptions().getResponseTimeoutMillis() * 1_000_000L;
    entries.heard();
    AsyncRequestID search = connection.asyncSearch(request);
    long answered = System.nanoTime();
    while (true) {
      try {
        LDAPResult result = search.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        entries.heard();
        entries.failure.ifPresent(
            e -> {
              throw e;
            });
        if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
          throw new LDAPException(result);
        }
        return (SearchResult) result;
      } catch (TimeoutException e) {
        progress.accept(entries.count);
        answered = Math.max(answered, entries.lastHeard);
        if (System.nanoTime() - answered > patience) {
          pool.ping(request.getBaseDN());
          answered = System.nanoTime();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LDAPException(ResultCode.LOCAL_ERROR, "interrupted while waiting", e);
      }
    }
  }

  /** Collects the entries on the connection's thread; ignores references to other servers. */
  private static final class Entries<T> implements AsyncSearchResultListener {
    private static final long serialVersionUID = 1L;

    private final transient List<T> all = new ArrayList<>();
    private final transient Function<SearchResultEntry, T> reading;
    private transient volatile Optional<RuntimeException> failure = Optional.empty();
    private transient volatile long count;
    private transient volatile long lastHeard = System.nanoTime();
    private transient volatile long longestSilence;

    Entries(Function<SearchResultEntry, T> reading) {
      this.reading = reading;
    }

    private void heard() {
      long now = System.nanoTime();
      longestSilence = Math.max(longestSilence, now - lastHeard);
      lastHeard = now;
    }

    /** The library would swallow an exception. */
    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      heard();
      try {
        all.add(reading.apply(entry));
        count = all.size();
      } catch (RuntimeException e) {
        failure = Optional.of(e);
      }
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {}

    @Override
    public void searchResultReceived(AsyncRequestID request, SearchResult result) {}
  }
}
