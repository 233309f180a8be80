/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.LedgerConfiguration;
import io.cadastre.service.failure.LedgerUnusable;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.SchemaVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger of version 616014b, migrated on a copy: its file is never half migrated. */
@Tag("slow")
class LedgerMigrationTest {
  private static final Path FIXTURE = Path.of("src/test/resources/616014b/ledger.mv.db.gz");
  private static final int KILLED = 137;

  @TempDir Path dir;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(FIXTURE))) {
      Files.copy(in, file());
    }
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    assertThat(version()).isEqualTo(new SchemaVersion(0));
  }

  private Path file() {
    return dir.resolve("ledger.mv.db");
  }

  private static LedgerConfiguration settings(Path dir) {
    LedgerConfiguration settings = new LedgerConfiguration();
    settings.setUrl("jdbc:h2:file:" + dir + "/ledger");
    settings.setUser("cadastre");
    settings.setPassword("");
    return settings;
  }

  private SchemaVersion version() {
    return LedgerSource.peek(settings(dir), SchemaVersion::of).orElseThrow();
  }

  private void sql(String statement) {
    boolean unused =
        LedgerSource.once(
            settings(dir),
            source -> {
              execute(source, statement);
              return true;
            });
  }

  private static void execute(DataSource source, String statement) {
    try (Connection connection = source.getConnection()) {
      connection.createStatement().execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All tables with all rows. */
  private List<String> content(String name) {
    LedgerConfiguration settings = settings(dir);
    settings.setUrl("jdbc:h2:file:" + dir + "/" + name);
    return LedgerSource.peek(
        settings,
        source -> {
          List<String> lines = new ArrayList<>();
          try (Connection connection = source.getConnection();
              ResultSet script =
                  connection.createStatement().executeQuery("SCRIPT NOPASSWORDS NOSETTINGS")) {
            while (script.next()) {
              lines.add(script.getString(1));
            }
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          return lines;
        });
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theFileAsItWasIsKept() throws Exception {
    List<String> before = content("ledger");
    byte[] bytes = Files.readAllBytes(file());

    LedgerMigration.beforeOpening(settings(dir));

    assertThat(version()).isEqualTo(SchemaVersion.CURRENT);
    assertThat(names()).containsExactly("ledger.V0.mv.db", "ledger.mv.db");
    assertThat(dir.resolve("ledger.V0.mv.db")).hasBinaryContent(bytes);
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    List<String> migrated = content("ledger");
    assertThat(migrated).hasSizeGreaterThan(before.size());
    LedgerMigration.beforeOpening(settings(dir));
    assertThat(content("ledger")).isEqualTo(migrated);
  }

  /** V9 adds a table; V10 meets one of its name that it did not make. */
  @Test
  void aMigrationThatFailsInTheMiddleChangesNothing() throws Exception {
    sql("CREATE TABLE grant_day (x INT)");
    byte[] before = Files.readAllBytes(file());

    assertThatThrownBy(() -> LedgerMigration.beforeOpening(settings(dir)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("the ledger is not migrated from V0 to " + SchemaVersion.CURRENT)
        .hasMessageContaining(file() + " is as it was");

    assertThat(file()).hasBinaryContent(before);
    assertThat(names()).containsExactly("ledger.mv.db");
    sql("DROP TABLE grant_day");
    LedgerMigration.beforeOpening(settings(dir));
    assertThat(version()).isEqualTo(SchemaVersion.CURRENT);
  }

  /** A process that is killed when half of the tables are migrated, and one when all are. */
  public static final class Killed {
    /** {@code DIR half|all}. */
    public static void main(String[] args) {
      LedgerMigration.beforeOpening(
          settings(Path.of(args[0])),
          source -> {
            if (args[1].equals("half")) {
              execute(source, "DROP TABLE event");
            } else {
              Ledger unused = Ledger.prepare(source);
            }
            Runtime.getRuntime().halt(KILLED);
          });
    }
  }

  @Test
  void aMigrationThatIsKilledChangesNothing() throws Exception {
    byte[] before = Files.readAllBytes(file());
    for (String when : List.of("half", "all")) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Killed.class.getName(),
                  dir.toString(),
                  when)
              .inheritIO()
              .start();
      assertThat(process.waitFor()).isEqualTo(KILLED);
      assertThat(file()).as(when).hasBinaryContent(before);
      assertThat(names()).contains("ledger.migrating.mv.db");
    }
    LedgerMigration.beforeOpening(settings(dir));
    assertThat(version()).isEqualTo(SchemaVersion.CURRENT);
    assertThat(names()).doesNotContain("ledger.migrating.mv.db");
  }

  @Test
  void aFileThatIsOpenIsNotMigrated() {
    boolean unused =
        LedgerSource.once(
            settings(dir),
            source -> {
              assertThat(Ledger.exists(source)).isTrue();
              assertThatThrownBy(() -> LedgerMigration.beforeOpening(settings(dir)))
                  .isInstanceOf(Unavailable.class);
              return true;
            });
    assertThat(version()).isEqualTo(new SchemaVersion(0));
  }

  @Test
  void aLedgerOfALaterVersionIsRefused() {
    LedgerMigration.beforeOpening(settings(dir));
    sql(
        """
        INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type",
          "script", "installed_by", "execution_time", "success")
        VALUES (99, '11', 'later', 'SQL', 'V11__later.sql', 'x', 1, TRUE)""");
    LedgerMigration.beforeOpening(settings(dir));
    assertThatThrownBy(() -> LedgerSource.runExisting(settings(dir), Ledger::open))
        .isInstanceOf(LedgerUnusable.class)
        .hasMessageContaining("the tables of a later version (V11; this program knows V10)");
  }

  @Test
  void theVersionIsThatOfTheLastFile() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/resources/io/cadastre/service/ledger/migrations"))) {
      assertThat(
              files.mapToInt(
                  f -> Integer.parseInt(f.getFileName().toString().split("__", 2)[0].substring(1))))
          .contains(SchemaVersion.CURRENT.number())
          .allMatch(number -> number <= SchemaVersion.CURRENT.number());
    }
  }
}
