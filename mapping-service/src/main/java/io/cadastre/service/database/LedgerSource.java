/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.database;

import com.codahale.metrics.MetricRegistry;
import io.cadastre.service.config.LedgerConfiguration;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ledger's database with the settings that make acknowledged changes durable. */
public final class LedgerSource {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerSource.class);
  private static final String H2 = "jdbc:h2:";

  /**
   * H2 delays a commit by up to 500 ms unless WRITE_DELAY is 0. A change waits for the one before
   * it, so the lock time-out is long. Dropwizard closes the database at shutdown, so H2's own hook
   * is off. A change uses some twenty statements, and H2 caches only eight by default. Look-ups do
   * not ask the database, so 16 MiB (in KiB here) of its pages are enough: with H2's own limit the
   * verification of a million owners and their snapshot did not fit into the heap together.
   */
  private static final Map<String, String> H2_SETTINGS =
      Map.of(
          "WRITE_DELAY", "0",
          "LOCK_TIMEOUT", "30000",
          "DB_CLOSE_ON_EXIT", "FALSE",
          "QUERY_CACHE_SIZE", "64",
          "CACHE_SIZE", "16384");

  /** Whether H2 may create a file is decided here, never by the URL. */
  private static final String IF_EXISTS = "IFEXISTS";

  private static final String READ_ONLY = ";ACCESS_MODE_DATA=r";

  private LedgerSource() {}

  /**
   * Builds the source of connections to the database, which must exist unless a start may create
   * it. The caller starts and stops the source.
   */
  public static ManagedDataSource build(LedgerConfiguration database, MetricRegistry metrics) {
    return build(database, !database.createsIfMissing(), metrics);
  }

  /** Work with an open database. */
  public interface Work {
    /** Does the work. */
    void run(DataSource source) throws Exception;
  }

  /** Opens the database, does the work and closes it. H2 creates its file if there is none. */
  public static void run(DataSourceFactory database, Work work) throws Exception {
    run(database, false, work);
  }

  /** The same for a database that must exist: H2 creates no file. */
  public static void runExisting(DataSourceFactory database, Work work) throws Exception {
    run(database, true, work);
  }

  /** The same for another file with the settings of a configuration. */
  static void runOnFile(LedgerConfiguration ledger, Path file, Work work) throws Exception {
    String url = ledger.getUrl();
    try {
      ledger.setUrl(withoutTrace(LedgerFile.at(url, file)));
      run(ledger, true, work);
    } finally {
      ledger.setUrl(url);
    }
  }

  private static void run(DataSourceFactory database, boolean mustExist, Work work)
      throws Exception {
    ManagedDataSource source = build(database, mustExist, new MetricRegistry());
    try {
      work.run(source);
    } finally {
      source.stop();
    }
  }

  /** Does the work on a new database in memory, which is lost afterwards. */
  public static void runInMemory(Work work) throws Exception {
    DataSourceFactory memory = new DataSourceFactory();
    memory.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    memory.setUser("dry-run");
    run(memory, work);
  }

  /**
   * Opens the database for one question that changes nothing, and closes it. H2 reads its file and
   * leaves its bytes as they are. Only a file that a kill has left cannot be read so: H2 repairs
   * it.
   */
  public static <T> T peek(DataSourceFactory database, Function<DataSource, T> question) {
    String url = database.getUrl();
    // H2 says of an empty file that it cannot read alone that another process has it open.
    if (LedgerFile.of(url).map(Path::toFile).filter(file -> file.length() > 0).isPresent()) {
      try {
        database.setUrl(url + READ_ONLY);
        return once(database, question);
      } catch (RuntimeException e) {
        LOG.debug("the ledger's file is not read alone, but opened", e);
      } finally {
        database.setUrl(url);
      }
    }
    return once(database, question);
  }

  /** Opens the database once and closes it. H2 creates no file, not even its trace. */
  public static <T> T once(DataSourceFactory database, Function<DataSource, T> work) {
    String url = database.getUrl();
    int initialSize = database.getInitialSize();
    int minSize = database.getMinSize();
    try {
      harden(database, true);
      if (LedgerFile.of(url).isPresent()) {
        database.setUrl(withoutTrace(database.getUrl()));
      }
      database.setInitialSize(0);
      database.setMinSize(0);
      ManagedDataSource source = database.build(new MetricRegistry(), "ledger");
      try {
        return work.apply(source);
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
    // The pool would log the stack of a connection that it cannot open before one is asked for; the
    // failure of the first request has its own line.
    database.setInitialSize(0);
    ManagedDataSource source = database.build(metrics, "ledger");
    if (source instanceof DataSourceProxy pool) {
      // The facade calls each method of a statement by reflection, to make equals() work on closed
      // statements. That is a third of the cost of an allocation.
      pool.getPoolProperties().setUseStatementFacade(false);
    }
    return source;
  }

  /** Adds the settings that an H2 URL lacks. */
  static void harden(DataSourceFactory database, boolean mustExist) {
    String url = database.getUrl();
    if (url.startsWith(H2)) {
      database.setDriverClass("org.h2.Driver");
      database.setUrl(
          without(url, IF_EXISTS) + missing(url) + (mustExist ? ";" + IF_EXISTS + "=TRUE" : ""));
    }
  }

  /** Of a database that is open for a moment H2 shall leave no file of its errors. */
  private static String withoutTrace(String url) {
    return without(url, "TRACE_LEVEL_FILE") + ";TRACE_LEVEL_FILE=0";
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
