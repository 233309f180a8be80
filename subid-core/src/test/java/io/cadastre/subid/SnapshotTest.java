/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The text of the snapshot: it parses what it renders, and nothing else. */
class SnapshotTest {
  private static final UUID LEDGER = UUID.fromString("5b2a7f6e-0c1d-4e2f-8a3b-9c4d5e6f7081");

  @Property(tries = 200)
  void parsesWhatItRenders(@ForAll("snapshots") Snapshot snapshot) throws SnapshotRefused {
    Snapshot parsed = Snapshot.parse(snapshot.render());

    assertThat(parsed).isEqualTo(snapshot);
    assertThat(parsed.render()).isEqualTo(snapshot.render());
  }

  @Property(tries = 200)
  void doesNotDependOnTheOrderOfItsRows(@ForAll("snapshots") Snapshot snapshot) {
    List<SnapshotRow> reversed =
        snapshot.rows().stream().sorted((a, b) -> b.toString().compareTo(a.toString())).toList();

    assertThat(Snapshot.of(snapshot.ledger(), snapshot.serial(), snapshot.head(), reversed))
        .isEqualTo(snapshot);
  }

  @Property(tries = 20)
  void refusesEveryCutAndEveryExtraByte(@ForAll("snapshots") Snapshot snapshot) {
    byte[] good = snapshot.render();
    for (int length = 0; length < good.length; length++) {
      refused(Arrays.copyOf(good, length));
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    longer[good.length] = '\n';
    refused(longer);
  }

  @Property(tries = 20)
  void refusesEveryCorruptedByte(
      @ForAll("snapshots") Snapshot snapshot, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] bytes = snapshot.render();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= (byte) flip;
      refused(bytes);
      bytes[i] ^= (byte) flip;
    }
  }

  private static void refused(byte[] bytes) {
    assertThatThrownBy(() -> Snapshot.parse(bytes))
        .isInstanceOf(SnapshotRefused.class)
        .hasMessageStartingWith("the snapshot is refused: ");
  }

  @Provide
  Arbitrary<Snapshot> snapshots() {
    Arbitrary<OwnerName> names =
        Arbitraries.strings()
            .withChars("ab_é\uFF21日")
            .ofMinLength(1)
            .ofMaxLength(6)
            .map(OwnerName::new);
    Arbitrary<IdRange> ranges =
        Arbitraries.longs().between(1, 1000).map(n -> new IdRange(n * 65536, 65536));
    Arbitrary<SnapshotRow> rows =
        Combinators.combine(
                names,
                Arbitraries.longs().between(1, 60000),
                Arbitraries.longs().map(n -> new UUID(n, ~n)),
                ranges,
                ranges)
            .as(SnapshotRow::new);
    return Combinators.combine(
            rows.list().uniqueElements().ofMaxSize(5),
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            Arbitraries.of("", "00ff".repeat(16)))
        .as((list, serial, head) -> Snapshot.of(LEDGER, serial, head, list));
  }

  @Example
  void equalsTheGoldenFile() throws IOException, SnapshotRefused {
    byte[] golden;
    try (InputStream file = SnapshotTest.class.getResourceAsStream("/snapshot.golden")) {
      golden = Objects.requireNonNull(file).readAllBytes();
    }
    Snapshot snapshot =
        Snapshot.of(
            LEDGER,
            42,
            "ab".repeat(32),
            List.of(row("zoë", 1003, 2), row("bob", 1002, 1), row("alice", 1001, 0)));

    assertThat(new String(snapshot.render(), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
    assertThat(Snapshot.parse(golden)).isEqualTo(snapshot);
  }

  @Example
  void refusesARowThatNoLedgerWrites() {
    String good = row("bob", 1002, 1).toString();
    assertThat(SnapshotRow.parse(good)).hasToString(good);
    for (String bad :
        List.of(
            good.replace("bob:1002:", "bob:01002:"),
            good.replace("bob:1002:", "bob:+1002:"),
            good.replace("bob:1002:", "bob:0:"),
            good.replace("bob:1002:", "bob:-1:"),
            good.replace("bob:1002:", "bob:65534:"),
            good.replace("bob:1002:", "bob:4294967295:"),
            good.replace("bob:1002:", "1002:1002:"),
            good.replace("00000000-0000-0000-0000-000000000001", "0-0-0-0-1"),
            good.replace(":65536", ":0"),
            good + ":x",
            good + " ")) {
      assertThat(bad).isNotEqualTo(good);
      assertThatThrownBy(() -> SnapshotRow.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Example
  void refusesRowsOutOfOrderOrDoubledHoweverDigested() {
    SnapshotRow a = row("alice", 1001, 0);
    SnapshotRow b = row("bob", 1002, 1);
    Snapshot sorted = Snapshot.of(LEDGER, 1, "", List.of(a, b));
    Snapshot doubled = Snapshot.of(LEDGER, 1, "", List.of(a, a));
    Snapshot swapped = new Snapshot(LEDGER, 1, "", List.of(b, a), digest(b + "\n" + a + "\n"));

    assertThatThrownBy(() -> Snapshot.parse(doubled.render()))
        .hasMessageContaining("line 9 is not in order");
    assertThatThrownBy(() -> Snapshot.parse(swapped.render()))
        .hasMessageContaining("line 9 is not in order");
    assertThat(sorted.digest()).isEqualTo(digest(a + "\n" + b + "\n"));
  }

  private static String digest(String rows) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(rows.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static SnapshotRow row(String name, long uid, int slot) {
    IdRange range = new IdRange(1001062400L + slot * 65536L, 65536);
    return new SnapshotRow(new OwnerName(name), uid, new UUID(0, slot), range, range);
  }
}
