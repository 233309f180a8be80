/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import static io.cadastre.service.imports.ImportJudgeTest.facts;
import static io.cadastre.service.imports.ImportJudgeTest.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.imports.ImportPlan.Pin;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of nodes as public reports show them; the numbers are those of the review. */
class FieldReportsTest {
  private static Owner owner(String name, long uid, long gid) {
    return new Owner("id-" + name, new OwnerName(name), uid, gid, Optional.empty());
  }

  private static FieldAccount account(String name, long uid) {
    return FieldAccount.of(owner(name, uid, uid));
  }

  private static ImportPlan judge(String subuid, String subgid, ImportFacts facts) {
    return ImportJudge.judge(node("n1", subuid, subgid), facts);
  }

  private static ImportPlan judge(String rows) {
    return judge(rows, rows, facts());
  }

  private static ImportFacts with(
      Function<String, List<FieldAccount>> accounts, AcceptedClaims accepted, boolean block) {
    ImportFacts facts = facts(accounts);
    return new ImportFacts(
        facts.accounts(),
        facts.realIds(),
        facts.formerIds(),
        facts.gids(),
        facts.foreign(),
        facts.blocked(),
        facts.overlapping(),
        facts.counting(),
        facts.namesake(),
        facts.reserved(),
        accepted,
        facts.pools(),
        block);
  }

  private static Finding only(ImportPlan plan, String rule) {
    List<Finding> found = plan.findings().stream().filter(f -> f.rule().equals(rule)).toList();
    assertThat(found).as(rule).hasSize(1);
    return found.get(0);
  }

  /** R4: the name is refused for an owner, and the uid is somebody else's. */
  @Test
  void fieldThatIsOneAccountsNameAndAnothersUidPinsNobody() {
    String rows = "80025037:871170000:65536\n";
    ImportPlan plan =
        judge(
            rows,
            rows,
            facts(
                field ->
                    List.of(
                        FieldAccount.refused("uid=80025037,ou=people", "it is all digits"),
                        account("stranger", 80025037))));

    assertThat(plan.pins()).isEmpty();
    Finding finding = only(plan, "ambiguous-owner");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.message())
        .contains("2 accounts: uid=80025037,ou=people and stranger (uid 80025037)");
  }

  /** R8: the disabled rows of Apptainer are nobody's, and the living row is pinned. */
  @Test
  void disabledRowsDoNotStandInTheWayOfTheLivingRow() {
    ImportPlan plan =
        judge("#zoe:300000:65536\nzoe:300000:65536\n!zoe:400000:65536\n!yan:300000:65536\n");

    assertThat(plan.pins()).extracting(Pin::uidRange).containsExactly(new IdRange(300000, 65536));
    Finding finding = only(plan, "disabled-row");
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.message()).startsWith("6 rows").contains("!zoe:400000:65536");
    assertThat(plan.findings()).extracting(Finding::severity).doesNotContain(Severity.ERROR);
  }

  /** R9: the next owner gets the slot of a local row, and the node refuses that owner's row. */
  @Test
  void localRowInsideAPoolIsSaidToBeAndItsSlotIsBlockedOnRequest() {
    String rows = "buildbot:1001062400:65536\n";

    ImportPlan judged = judge(rows);
    ImportPlan blocking = judge(rows, rows, with(field -> List.of(), AcceptedClaims.NONE, true));

    Finding finding = only(judged, "local-row-in-pool");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.message())
        .contains("lie in pool default")
        .contains("buildbot 1001062400:65536 (n1:/etc/subuid:1) in slot 0");
    assertThat(finding.remedy()).contains("cadastre import-files --apply --block ");
    assertThat(judged.blocks()).isEmpty();
    assertThat(blocking.blocks())
        .extracting(b -> b.type().word() + " " + b.range() + " " + b.source())
        .containsExactly(
            "subuid 1001062400:65536 local row buildbot in n1:/etc/subuid:1",
            "subgid 1001062400:65536 local row buildbot in n1:/etc/subgid:1");
    assertThat(blocking.findings()).extracting(Finding::severity).doesNotContain(Severity.ERROR);
  }

  /** R10: the range is snapd's only where snapd runs. */
  @Test
  void rangeOfSnapdIsPinnedOnceTheSiteAcceptsTheClaim() {
    String rows = "core:524288:65536\n";
    Function<String, List<FieldAccount>> accounts = field -> List.of(account("core", 1000));

    Finding refused = only(judge(rows, rows, facts(accounts)), "reserved-range");
    ImportPlan accepted =
        judge(rows, rows, with(accounts, new AcceptedClaims(false, Set.of("snapd")), false));

    assertThat(refused.remedy()).contains("\"allowClaims: [snapd]\"");
    assertThat(accepted.pins()).hasSize(1);
    assertThat(accepted.findings()).extracting(Finding::rule).doesNotContain("reserved-range");
  }

  /** R12: the account is there, and the finding says why it gets no range. */
  @Test
  void rowOfAnAccountThatCannotOwnSaysWhy() {
    String rows = "twin:300000:65536\n";
    ImportPlan plan =
        judge(
            rows,
            rows,
            facts(
                field ->
                    List.of(
                        FieldAccount.refused(
                            "uid=twin,ou=people",
                            "it shares the uidNumber 5001 with another account"))));

    assertThat(plan.pins()).isEmpty();
    assertThat(only(plan, "owner-refused").message())
        .contains("uid=twin,ou=people, it shares the uidNumber 5001");
    assertThat(plan.findings()).extracting(Finding::rule).doesNotContain("unknown-owner");
  }

  /** R20: the finding names the ID and the account. */
  @Test
  void realIdInARangeIsNamedWithItsAccount() {
    Finding finding = only(judge("zoe:655360:65536\n"), "real-id-clash");

    assertThat(finding.message())
        .isEqualTo("subuid 655360:65536 of zoe holds uid 700000 of uid=real,dc=x");
  }

  /** R21: the key of a subgid row is the gid of the account, and the uid of a stranger. */
  @Test
  void subgidKeyedByGidIsSeenAndPinsNoStranger() {
    Owner alice = owner("alice", 2001, 3001);
    Owner carl = owner("carl", 3001, 3003);
    ImportPlan plan =
        judge(
            "alice:300000:65536\ncarl:400000:65536\n",
            "3001:300000:65536\n3003:400000:65536\n",
            facts(
                field ->
                    switch (field) {
                      case "alice" -> List.of(FieldAccount.of(alice));
                      case "carl", "3001" -> List.of(FieldAccount.of(carl));
                      default -> List.of();
                    }));

    assertThat(plan.pins()).isEmpty();
    Finding finding = only(plan, "keyed-by-gid");
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.message()).startsWith("2 rows of n1:/etc/subgid have the gid");
    assertThat(plan.findings()).extracting(Finding::rule).doesNotContain("asymmetry");
  }

  @Test
  void subgidFileOfGidsAloneIsAHint() {
    ImportPlan plan = judge("", "3001:300000:65536\n3002:400000:65536\n", facts());

    assertThat(only(plan, "keyed-by-gid").message()).contains("gids and no account's uid");
  }

  @Test
  void rowsOfUserPrivateGroupsAreNotKeyedByGid() {
    assertThat(judge("1000:300000:65536\n").findings())
        .extracting(Finding::rule)
        .doesNotContain("keyed-by-gid");
  }

  /** R22: 64,536 pregenerated rows hid 12 errors. */
  @Test
  void aThousandRowsOfUnknownOwnersAreOneFinding() {
    String rows =
        IntStream.range(0, 1000)
            .mapToObj(i -> "ghost%d:%d:1000\n".formatted(i, 10_000_000 + 1000 * i))
            .collect(Collectors.joining());

    ImportPlan plan = judge(rows);

    assertThat(only(plan, "unknown-owner").message())
        .startsWith("2000 rows")
        .endsWith(" and 1997 more");
    assertThat(plan.findings()).hasSizeLessThan(10);
  }

  /** R23: the files that LXD's package wrote. */
  @Test
  void rootAndLxdSharingARangeAreOneFindingThatKnowsTheCase() {
    ImportPlan plan = judge("lxd:100000:65536\nroot:100000:65536\n");

    assertThat(only(plan, "shared-with-root").message())
        .contains("lxd and root share the range 100000:65536", "LXD");
    assertThat(plan.findings()).extracting(Finding::severity).containsOnly(Severity.INFO);
    assertThat(plan.findings()).extracting(Finding::rule).doesNotContain("overlap");
  }

  @Test
  void rootSharingWithAnAccountPinsNobody() {
    ImportPlan plan = judge("zoe:100000:65536\nroot:100000:65536\n");

    assertThat(plan.pins()).isEmpty();
    assertThat(only(plan, "shared-with-root").severity()).isEqualTo(Severity.WARNING);
  }

  /** R24: the remedy names the setting too. */
  @Test
  void rangeAbove2GiNamesTheSetting() {
    assertThat(only(judge("zoe:4294836224:65536\n"), "reserved-range").remedy())
        .contains("move the owner's files", "\"allowAbove2Gi: true\"");
  }

  /** R25: the character is named, and the remedy removes it. */
  @Test
  void carriageReturnAndByteOrderMarkAreNamed() {
    ImportPlan dos = judge("zoe:100000:65536\r\nyan:165536:65536\r\n", "", facts());
    ImportPlan marked = judge("\uFEFFzoe:100000:65536\n", "", facts());

    assertThat(only(dos, "carriage-return").message()).startsWith("2 lines of n1:/etc/subuid end");
    assertThat(only(dos, "carriage-return").remedy())
        .endsWith("sed -i 's/[[:cntrl:]]$//' /etc/subuid");
    assertThat(only(marked, "byte-order-mark").severity()).isEqualTo(Severity.ERROR);
    assertThat(only(marked, "byte-order-mark").remedy())
        .endsWith("LC_ALL=C sed -i '1s/^[^[:alnum:]_]*//' /etc/subuid");
  }

  /** R26: 65535 is refused for a new owner, as 65534 is. */
  @Test
  void accountWithTheUid65535IsNotPinned() {
    String rows = "zoe:300000:65536\n";
    ImportPlan plan = judge(rows, rows, facts(field -> List.of(account("zoe", 65535))));

    assertThat(plan.pins()).isEmpty();
    assertThat(only(plan, "uid-refused").message()).contains("65535", "300000:65536");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubelet", "useradd"})
  void claimedRangesAreOneFindingForEachClaim(String keyword) {
    ImportPlan plan = judge("zoe:131072:65536\nyan:196608:65536\n");

    assertThat(plan.pins()).hasSize(2);
    assertThat(plan.findings())
        .filteredOn(f -> f.rule().equals("claimed-range") && f.message().contains(keyword))
        .hasSize(1);
  }
}
