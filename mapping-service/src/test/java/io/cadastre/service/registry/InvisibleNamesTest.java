/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.imports.ImportPlan;
import io.cadastre.service.imports.NodeFile;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.NotAllocated;
import io.cadastre.service.registry.AllocationResult.Outcome;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.SubidFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts of a real slapd with invisible characters in their names. */
@Tag("slow")
class InvisibleNamesTest {
  private static final String INVISIBLE = "zo\u00ADe";

  private final TestLedger database = TestLedger.inMemory();
  private Slapd slapd;
  private Site site;

  @BeforeEach
  void start() {
    slapd = Slapd.start();
    slapd.addAccount("zoe", 5001, 5001);
    site = Site.ready(database.ledger(), slapd.configuration());
  }

  @AfterEach
  void stop() {
    site.close();
    slapd.close();
    database.close();
  }

  @Test
  void renameToARefusedNameIsNotFollowedAndTheRangeStays() {
    Allocation zoe = site.allocate("zoe").allocation();
    slapd.rename("zoe", INVISIBLE);

    assertThat(site.follow()).isEqualTo(new AccountSynchronizer.Followed(0, 0, 0, 0, Renames.NONE));
    assertThat(site.present("zoe")).isEqualTo(zoe);
    assertThat(site.synchronizer.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("rename-refused");
              assertThat(finding.message())
                  .contains("U+00AD")
                  .contains("stays under the last name, zoe (uid 5001)");
            });
    assertThatThrownBy(() -> site.allocate(INVISIBLE)).isInstanceOf(Refused.class);

    slapd.rename(INVISIBLE, "zoe-smith");
    assertThat(site.follow().followed()).isEqualTo(1);
    assertThat(site.present("zoe-smith").uidRange()).isEqualTo(zoe.uidRange());
    assertThat(site.synchronizer.findings()).isEmpty();
  }

  @Test
  void ownerIsWithheldOnceAnotherAccountHasTheLastName() {
    Allocation zoe = site.allocate("zoe").allocation();
    slapd.rename("zoe", INVISIBLE);
    slapd.addAccount("zoe", 5002, 5002);

    assertThat(site.follow().withheld()).isEqualTo(1);
    assertThat(state(zoe)).isEqualTo(AllocationState.WITHHELD);
    slapd.delete("zoe");
    assertThat(site.follow()).isEqualTo(new AccountSynchronizer.Followed(0, 0, 0, 0, Renames.NONE));
    slapd.rename(INVISIBLE, "zoe");
    assertThat(site.follow().restored()).isEqualTo(1);
  }

  @Test
  void accountWithARefusedNameGetsNoRangeAndAffectsNoOther() {
    slapd.addAccount(INVISIBLE, 5002, 5002);
    slapd.addAccount("yan", 5003, 5003);

    List<String> matched =
        site.accounts.search("(objectClass=*)", found -> {}).names().stream()
            .map(OwnerName::value)
            .toList();
    List<AllocationResult> lines =
        site.ownerCommands.allocateAll(
            matched.stream()
                .map(
                    name ->
                        new AllocateRequest(
                            new OwnerName(name), Optional.empty(), Optional.empty()))
                .toList(),
            site.ownerCommands.runner(false),
            TEST);
    ImportPlan plan = importing(INVISIBLE + ":100000:65536\n5002:100000:65536\n");
    site.follow();

    assertThat(lines.stream().filter(NotAllocated.class::isInstance)).hasSize(1);
    assertThat(lines.get(matched.indexOf(INVISIBLE))).isInstanceOf(NotAllocated.class);
    assertThat(site.rows()).extracting(a -> a.owner().name().value()).containsOnly("zoe", "yan");
    assertThat(plan.pins()).isEmpty();
    assertThat(plan.findings()).extracting(Finding::rule).contains("name-refused");
    assertThat(site.synchronizer.findings()).extracting(Finding::rule).contains("account-refused");
  }

  @Test
  void recordedOwnerIsFollowedPublishedAndReconciled() {
    slapd.addAccount(INVISIBLE, 5002, 5002);
    Owner account = site.accounts.refresh().orElseThrow().byUid(5002).orElseThrow();
    Allocation recorded = NewNamesTest.record(database, account);
    site.publisher.signal();
    site.drain();

    assertThat(site.follow()).isEqualTo(new AccountSynchronizer.Followed(0, 0, 0, 0, Renames.NONE));
    assertThat(site.synchronizer.findings()).isEmpty();
    assertThat(site.allocate(INVISIBLE).outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(site.published()).containsExactly(recorded);
    assertThat(site.reconciler.report()).isEmpty();
    slapd.delete(INVISIBLE);
    assertThat(site.follow().withheld()).isEqualTo(1);
  }

  private AllocationState state(Allocation allocation) {
    return site.ledger.read(queries -> queries.byId(allocation.id()).orElseThrow().state());
  }

  private ImportPlan importing(String text) {
    List<NodeFile> files =
        Stream.of(IdType.values())
            .map(type -> new NodeFile("node1", type, SubidFile.decode(text.getBytes(UTF_8))))
            .toList();
    return site.importCommands().run(new ImportRequest(files, List.of(), false, false), TEST);
  }
}
