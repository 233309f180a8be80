/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.database;

import com.codahale.metrics.MetricRegistry;
import io.cadastre.service.config.LedgerConfiguration;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;

/** The settings without which a database would not keep what was acknowledged. */
public final class LedgerSource {
  private static final String H2 = "jdbc:h2:";

  /**
   * H2 holds a commit back for up to 500 ms unless WRITE_DELAY is 0. A change waits for the one
   * before it, so the lock's time-out is long. The shutdown hook is Dropwizard's, not H2's. A
   * change uses some twenty statements; H2 keeps only eight parsed.
   */
  private static final Map<String, String> H2_SETTINGS =
      Map.of(
          "WRITE_DELAY", "0",
          "LOCK_TIMEOUT", "30000",
          "DB_CLOSE_ON_EXIT", "FALSE",
          "QUERY_CACHE_SIZE", "64");

  /** Whether H2 makes a file where there is none is decided here, never by the URL. */
  private static final String IF_EXISTS = "IFEXISTS";

  private LedgerSource() {}

  /**
   * The database of this configuration, which has to be there unless a start may create it; to be
   * started or managed by the caller.
   */
  public static ManagedDataSource of(LedgerConfiguration database, MetricRegistry metrics) {
    return build(database, !database.createsIfMissing(), metrics);
  }

  /** The same; H2 makes its file if there is none. */
  public static ManagedDataSource creating(DataSourceFactory database, MetricRegistry metrics) {
    return build(database, false, metrics);
  }

  /**
   * Asks the database one thing, by one connection, and closes it. H2 makes no file, not even its
   * trace; it is not told to open its own for reading only, which fails for one that a kill left.
   */
  public static <T> T peek(DataSourceFactory database, Function<DataSource, T> question) {
    String url = database.getUrl();
    int initialSize = database.getInitialSize();
    int minSize = database.getMinSize();
    try {
      harden(database, true);
      if (LedgerFile.of(url).isPresent()) {
        database.setUrl(without(database.getUrl(), "TRACE_LEVEL_FILE") + ";TRACE_LEVEL_FILE=0");
      }
      database.setInitialSize(0);
      database.setMinSize(0);
      ManagedDataSource source = database.build(new MetricRegistry(), "ledger");
      try {
        return question.apply(source);
      } finally {
        if (source instanceof DataSourceProxy pool) {
          pool.close(true);
        }
      }
    } finally {
      database.setUrl(url);
      database.setInitialSize(initialSize);
      database.setMinSize(minSize);
    }
  }

  private static ManagedDataSource build(
      DataSourceFactory database, boolean mustExist, MetricRegistry metrics) {
    harden(database, mustExist);
    ManagedDataSource source = database.build(metrics, "ledger");
    if (source instanceof DataSourceProxy pool) {
      // It would lead every call of every statement, each bound value included, through reflection,
      // to make equals() work on closed statements: a third of what an allocation costs.
      pool.getPoolProperties().setUseStatementFacade(false);
    }
    return source;
  }

  /** Adds to an H2 URL the settings that it does not have. */
  static void harden(DataSourceFactory database, boolean mustExist) {
    String url = database.getUrl();
    if (url.startsWith(H2)) {
      database.setDriverClass("org.h2.Driver");
      database.setUrl(
          without(url, IF_EXISTS) + missing(url) + (mustExist ? ";" + IF_EXISTS + "=TRUE" : ""));
    }
  }

  private static String without(String url, String setting) {
    return url.replaceAll("(?i);" + setting + "=[^;]*", "");
  }

  private static String missing(String url) {
    StringBuilder settings = new StringBuilder();
    new TreeMap<>(H2_SETTINGS)
        .forEach(
            (name, value) -> {
              if (!url.toUpperCase(Locale.ROOT).contains(";" + name + "=")) {
                settings.append(";").append(name).append("=").append(value);
              }
            });
    return settings.toString();
  }
}
