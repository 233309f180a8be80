/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import cadastre.subid.Allocation;
import cadastre.subid.AllocationState;
import cadastre.subid.IdRange;
import cadastre.subid.Owner;
import cadastre.subid.OwnerName;
import cadastre.subid.Pool;
import cadastre.subid.Strategy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed in the middle of a change, while another thread of it writes to the outbox:
 * of the change all is there, or nothing.
 */
@Tag("slow")
class CrashTest {
  private static final int KILLS = Integer.getInteger("cadastre.soak.crashes", 20);
  private static final int OWNERS_OF_A_CHANGE = 300;
  private static final Origin ORIGIN = new Origin("test", Optional.empty(), Optional.empty());
  private static final Pool POOL =
      new Pool(
          "default",
          2048,
          List.of(IdRange.between(1001062400, 1879048191)),
          Strategy.NEXT_FREE,
          1000);

  @TempDir Path dir;

  @Test
  void aChangeIsThereAsAWholeOrNotAtAll() throws Exception {
    Path file = dir.resolve("ledger");
    Random random = new Random(20261124);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin/java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  CrashTest.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      assertThat(process.inputReader().lines().anyMatch("ready"::equals)).isTrue();
      Thread.sleep(random.nextInt(600));
      process.destroyForcibly().waitFor();
      requireWhole(file, "kill " + kill);
    }
  }

  private static void requireWhole(Path file, String what) throws SQLException {
    try (TestLedger ledger = TestLedger.inFile(file, POOL);
        Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file, "", "")) {
      long serial = ledger.ledger().head().serial();
      assertThat(serial % OWNERS_OF_A_CHANGE).as(what + ": serial").isZero();
      for (String counted :
          List.of(
              "count(*) FROM allocation",
              "count(DISTINCT id) FROM allocation WHERE stable_id > ''",
              "count(*) FROM allocation WHERE uid_start >= 0",
              "count(*) FROM slot",
              "count(*) / 2 FROM id_range")) {
        assertThat(number(connection, counted)).as(what + ": " + counted).isEqualTo(serial);
      }
    }
  }

  private static long number(Connection connection, String what) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT " + what)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Changes the ledger of this file, and its outbox, until it is killed. */
  public static void main(String[] args) {
    Ledger ledger = TestLedger.inFile(Path.of(args[0]), POOL).ledger();
    Thread drain =
        new Thread(
            () -> {
              while (true) {
                // Postponed, not taken off: so there is always something to write.
                ledger.drained(List.of(), ledger.read(reader -> reader.dirtyOwners(5)));
              }
            });
    drain.start();
    System.out.println("ready");
    while (true) {
      ledger.change(
          transaction -> {
            long first = ledger.head().serial();
            for (int i = 0; i < OWNERS_OF_A_CHANGE; i++) {
              transaction.grant(
                  allocation(first + i), OptionalLong.of(first + i), EventKind.ALLOCATE, ORIGIN);
            }
            return true;
          });
    }
  }

  private static Allocation allocation(long slot) {
    IdRange range = POOL.range(slot);
    return new Allocation(
        UUID.randomUUID(),
        new Owner("id" + slot, new OwnerName("user" + slot), 2000 + slot, 2000, Optional.empty()),
        Optional.of(POOL.name()),
        range,
        range,
        AllocationState.ACTIVE,
        0);
  }
}
