/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  private LedgerSource() {}

  /** The database of this configuration; to be started or managed by the caller. */
  public static ManagedDataSource of(DataSourceFactory database, MetricRegistry metrics) {
    harden(database);
    ManagedDataSource source = database.build(metrics, "ledger");
    if (source instanceof DataSourceProxy pool) {
      // It would lead every call of every statement, each bound value included, through reflection,
      // to make equals() work on closed statements: a third of what an allocation costs.
      pool.getPoolProperties().setUseStatementFacade(false);
    }
    return source;
  }

  /** Adds to an H2 URL the settings that it does not have. */
  static void harden(DataSourceFactory database) {
    String url = database.getUrl();
    if (url.startsWith(H2)) {
      database.setDriverClass("org.h2.Driver");
      database.setUrl(url + String.join("", missing(url)));
    }
  }

  private static List<String> missing(String url) {
    List<String> settings = new ArrayList<>();
    H2_SETTINGS.forEach(
        (name, value) -> {
          if (!url.toUpperCase(Locale.ROOT).contains(";" + name + "=")) {
            settings.add(";" + name + "=" + value);
          }
        });
    return settings;
  }
}
