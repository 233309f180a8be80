/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.imports.ImportPlan.Pin;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Printable;
import io.cadastre.subid.ReservedNames;
import io.cadastre.subid.Severity;
import io.cadastre.subid.Strategy;
import io.cadastre.subid.SubidFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ImportJudgeTest {
  static final Pool POOL =
      new Pool(
          "default",
          65536,
          List.of(IdRange.between(1001062400, 1879048191)),
          Strategy.NEXT_FREE,
          1000);
  private static final String FIRST = "zoe:100000:65536\n";
  private static final String SECOND = "yan:165536:65536\n";

  /** Accounts a to z with the uids 1000 to 1025, and zoe, yan, xia. */
  private static Optional<Owner> account(String field) {
    List<String> names = new ArrayList<>(List.of("zoe", "yan", "xia"));
    for (char c = 'a'; c <= 'j'; c++) {
      names.add(String.valueOf(c));
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(field) || String.valueOf(1000 + i).equals(field)) {
        return Optional.of(
            new Owner("id" + i, new OwnerName(names.get(i)), 1000 + i, 1000 + i, Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private static List<FieldAccount> accounts(String field) {
    return account(field).map(FieldAccount::of).stream().toList();
  }

  static ImportFacts facts(Allocation... recorded) {
    return facts(ImportJudgeTest::accounts, recorded);
  }

  static ImportFacts facts(Function<String, List<FieldAccount>> accounts, Allocation... recorded) {
    return new ImportFacts(
        accounts,
        range -> Optional.of("uid 700000 of uid=real,dc=x").filter(id -> range.contains(700000)),
        range -> Optional.of("uid 800000").filter(id -> range.contains(800000)),
        gid -> gid >= 3000 && gid < 4000,
        (type, range) ->
            Optional.of("subUidNumber=900000,dc=x").filter(dn -> range.contains(900000)),
        (type, range) -> false,
        (type, range) -> Stream.of(recorded).filter(a -> a.range(type).overlaps(range)).findFirst(),
        owner ->
            Stream.of(recorded)
                .filter(a -> a.owner().stableId().equals(owner.stableId()))
                .findFirst(),
        owner ->
            Stream.of(recorded)
                .filter(a -> !a.owner().stableId().equals(owner.stableId()))
                .filter(
                    a ->
                        a.owner().name().equals(owner.name())
                            || a.owner().uidNumber() == owner.uidNumber())
                .findFirst(),
        ReservedNames.byDefault()::contains,
        AcceptedClaims.NONE,
        List.of(POOL),
        false);
  }

  private static Allocation recorded(String name, IdRange range) {
    return recorded(account(name).orElseThrow(), range);
  }

  private static Allocation recorded(Owner owner, IdRange range) {
    return new Allocation(
        new UUID(0, 1), owner, Optional.empty(), range, range, AllocationState.ACTIVE, 1);
  }

  static List<NodeFile> node(String name, String subuid, String subgid) {
    return List.of(
        new NodeFile(name, IdType.SUBUID, SubidFile.decode(subuid.getBytes(UTF_8))),
        new NodeFile(name, IdType.SUBGID, SubidFile.decode(subgid.getBytes(UTF_8))));
  }

  private static List<NodeFile> nodes(List<List<NodeFile>> nodes) {
    return nodes.stream().flatMap(List::stream).toList();
  }

  private static ImportPlan judge(String subuid, String subgid, Allocation... recorded) {
    return ImportJudge.judge(node("n1", subuid, subgid), facts(recorded));
  }

  @Example
  void rowOfAReservedNameIsNotPinned() {
    Owner root = new Owner("id-root", new OwnerName("root"), 5009, 5009, Optional.empty());
    Owner zoe = account("zoe").orElseThrow();
    ImportFacts facts = facts(field -> List.of(FieldAccount.of(field.equals("root") ? root : zoe)));
    String rows = FIRST + "root:965536:65536\n";

    ImportPlan plan = ImportJudge.judge(node("n1", rows, rows), facts);

    assertThat(plan.pins()).extracting(Pin::owner).containsExactly(zoe);
    assertThat(plan.findings())
        .filteredOn(f -> f.rule().equals("reserved-name"))
        .singleElement()
        .satisfies(f -> assertThat(f.subject()).isEqualTo("n1:/etc/subuid:2"));
  }

  @Example
  void pinsWhatShadowAllocatedAsItIs() {
    ImportPlan plan = judge(FIRST + SECOND, FIRST + SECOND);

    assertThat(plan.pins())
        .extracting(p -> p.owner().name() + " " + p.uidRange() + " " + p.gidRange())
        .containsExactly("zoe 100000:65536 100000:65536", "yan 165536:65536 165536:65536");
    assertThat(plan.findings()).extracting(Finding::rule).doesNotContain("overlap");
  }

  @Example
  void nameAndUidOfOneAccountAreOneOwner() {
    ImportPlan plan =
        ImportJudge.judge(
            nodes(List.of(node("n1", FIRST, FIRST), node("n2", "1000:100000:65536\n", FIRST))),
            facts());

    assertThat(plan.pins()).hasSize(1);
  }

  @Example
  void halvesWithOtherStartsArePinnedAndReported() {
    ImportPlan plan = judge(FIRST, "zoe:231072:65536\n");

    assertThat(plan.pins()).extracting(Pin::gidRange).containsExactly(new IdRange(231072, 65536));
    assertThat(plan.findings()).extracting(Finding::rule).contains("asymmetry");
  }

  @Example
  void whatTheLedgerHasAlreadyIsNotPinnedAgain() {
    ImportPlan plan = judge(FIRST, FIRST, recorded("zoe", new IdRange(100000, 65536)));

    assertThat(plan.pins()).isEmpty();
    assertThat(plan.findings()).extracting(Finding::rule).doesNotContain("overlap", "disagreement");
  }

  /** Invariant 3: a file does not tell whether a row belongs to the old zoe or to the new one. */
  @Example
  void rowUnderTheNameOrUidOfAnotherKnownOwnerIsNotPinned() {
    OwnerName zoe = new OwnerName("zoe");
    OwnerName other = new OwnerName("zoe-old");
    for (Owner known :
        List.of(
            new Owner("before", zoe, 1000, 1000, Optional.empty()),
            new Owner("before", zoe, 4711, 1000, Optional.empty()),
            new Owner("before", other, 1000, 1000, Optional.empty()))) {
      ImportPlan plan = judge(FIRST, FIRST, recorded(known, new IdRange(1001062400, 65536)));

      assertThat(plan.pins()).isEmpty();
      assertThat(plan.findings()).extracting(Finding::rule).contains("identity-changed");
    }
  }

  @Example
  void rangeWithAnIdThatIsRecentlyGoneIsPinnedWithAWarning() {
    ImportPlan plan = judge("zoe:800000:65536\n", "zoe:800000:65536\n");

    assertThat(plan.pins()).hasSize(1);
    assertThat(plan.findings())
        .filteredOn(finding -> finding.rule().equals("former-id"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
  }

  @Example
  void rangeOfAnEntryOfTheDirectoryIsNotPinnedAndTheEntryIsNamed() {
    ImportPlan plan = judge("zoe:900000:65536\n", "zoe:900000:65536\n");

    assertThat(plan.pins()).isEmpty();
    assertThat(plan.findings())
        .filteredOn(finding -> finding.rule().equals("foreign-entry"))
        .hasSize(2)
        .allMatch(finding -> finding.message().contains("subUidNumber=900000,dc=x"));
    assertThat(plan.findings()).extracting(Finding::rule).doesNotContain("real-id-clash");
  }

  /** A terminal reads U+009B as the start of a command, like ESC [. */
  @Example
  void findingsNameARowAsItIsAndArePrintedEscaped() {
    String hostile = "a\u009b2Jb\u202ec\u001b[2Jd";

    ImportPlan plan = judge(hostile + ":500000:1000\n" + hostile + "\n", "");

    assertThat(plan.findings())
        .extracting(Finding::message)
        .hasSize(2)
        .allMatch(message -> message.contains(hostile))
        .allMatch(message -> Printable.of(message).contains("a\\u009b2Jb\\u202ec\\u001b[2Jd"));
  }

  /** On these nodes useradd counted in the order of first logins: every owner overlaps all. */
  @Example
  void rowThatOverlapsManyNamesThreeOfThem() {
    int nodes = 60;
    List<NodeFile> files = new ArrayList<>();
    for (int n = 0; n < nodes; n++) {
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        rows.append("u%d:%d:65536\n".formatted((i + n * 7) % 997, 100000 + i * 65536));
      }
      files.addAll(node("n" + n, rows.toString(), ""));
    }

    List<Finding> overlaps =
        ImportJudge.judge(files, facts()).findings().stream()
            .filter(finding -> finding.rule().equals("overlap"))
            .toList();

    assertThat(overlaps).hasSize(nodes * 50);
    assertThat(overlaps.get(0).message()).endsWith(" and 56 more");
  }

  @Example
  void findingsEqualTheGoldenFile() throws IOException {
    List<NodeFile> files =
        nodes(
            List.of(
                node(
                    "n1",
                    """
                    zoe:100000:65536
                    yan:165536:65536
                    xia:300000:1000
                    xia:400000:1000
                    # a comment

                    broken line
                    ghost:500000:1000
                    a:524288:65536
                    b:650000:65536
                    c:800000:65536
                    d:1000000:65536
                    e:65536:70000
                    """,
                    """
                    zoe:100000:65536
                    yan:165536:65536
                    xia:300000:1000
                    ghost:500000:1000
                    a:524288:65536
                    b:650000:65536
                    d:1000000:65536
                    e:65536:70000
                    """),
                node("n2", "yan:100000:65536\nd:1000000:65536\n", "d:1065536:65536\n")));
    ImportPlan plan = ImportJudge.judge(files, facts(recorded("f", new IdRange(1000000, 65536))));

    StringBuilder text = new StringBuilder();
    plan.pins().forEach(p -> text.append("pin ").append(p.owner().name()).append('\n'));
    plan.findings()
        .forEach(
            f ->
                text.append(
                    "%s %s %s\n  %s\n  %s\n"
                        .formatted(
                            f.severity().word(), f.rule(), f.subject(), f.message(), f.remedy())));
    assertThat(text.toString()).isEqualTo(golden("findings.txt"));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = ImportJudgeTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Provide
  Arbitrary<List<List<NodeFile>>> sites() {
    Arbitrary<String> row =
        Combinators.combine(
                Arbitraries.of("zoe", "yan", "xia", "a", "1004", "ghost"),
                Arbitraries.longs().between(10, 20),
                Arbitraries.longs().between(1, 3))
            .as((owner, start, count) -> owner + ":" + start * 65536 + ":" + count * 65536 + "\n");
    Arbitrary<String> file = row.list().ofMaxSize(4).map(rows -> String.join("", rows));
    Arbitrary<String> name = Arbitraries.of("n1", "n2", "n3");
    return Combinators.combine(name, file, file)
        .as((n, u, g) -> node(n, u, Math.floorMod(u.hashCode(), 3) == 0 ? g : u))
        .list()
        .ofMaxSize(4);
  }

  @Property(tries = 300)
  void pinsNeverOverlapEachOtherOrTheLedger(@ForAll("sites") List<List<NodeFile>> site) {
    Allocation known = recorded("j", new IdRange(12 * 65536, 65536));
    List<Pin> pins = ImportJudge.judge(nodes(site), facts(known)).pins();

    for (int i = 0; i < pins.size(); i++) {
      Pin a = pins.get(i);
      assertThat(a.uidRange().overlaps(known.uidRange())).isFalse();
      assertThat(a.gidRange().overlaps(known.gidRange())).isFalse();
      for (Pin b : pins.subList(0, i)) {
        assertThat(a.uidRange().overlaps(b.uidRange())).isFalse();
        assertThat(a.gidRange().overlaps(b.gidRange())).isFalse();
        assertThat(a.owner()).isNotEqualTo(b.owner());
      }
    }
  }

  @Property(tries = 100)
  void orderOfTheFilesDoesNotMatter(@ForAll("sites") List<List<NodeFile>> site, @ForAll long seed) {
    List<NodeFile> files = nodes(site);
    List<NodeFile> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(ImportJudge.judge(shuffled, facts())).isEqualTo(ImportJudge.judge(files, facts()));
  }
}
