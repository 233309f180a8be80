/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.directory.Directory;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Foreign;
import io.cadastre.service.directory.PublishedEntry.Ours;
import io.cadastre.service.directory.Slapd;
import io.cadastre.service.imports.EntryPlan;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.view.CurrentView;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison that streams finds what a comparison of everything with everything finds. */
@Tag("slow")
class StreamedComparisonTest {
  private static final int MIXES = 150;
  private static final int OWNERS = 24;

  private final AdmissionRules rules = AdmissionRules.byDefault();
  private final TestLedger database = TestLedger.inMemory();
  private final Map<String, Integer> seen = new TreeMap<>();
  private Slapd slapd;

  @BeforeEach
  void publish() {
    slapd = Slapd.start();
    for (int i = 0; i < OWNERS; i++) {
      slapd.addAccount("user" + i, 6000 + i, 5000);
    }
    try (Site site = Site.ready(database.ledger(), slapd.configuration())) {
      for (int i = 0; i < OWNERS; i++) {
        site.allocate("user" + i);
      }
      for (int i = 0; i < 4; i++) {
        site.ownerCommands.retire(new OwnerName("user" + i), TEST);
        OwnerName other = new OwnerName("user" + (4 + i));
        site.ownerCommands.supersede(other, Optional.empty(), false, TEST);
      }
      site.allocate("user4");
      site.allocate("user5");
      slapd.delete("user8");
      assertThat(site.follow().withheld()).isEqualTo(1);
      site.drain();
    }
    // As a ledger that was rebuilt; and an owner that waits to be published.
    database.edit(
        "UPDATE allocation SET dn = NULL WHERE name IN ('user0', 'user9')", "DELETE FROM outbox");
    String waiting = stableId("user10");
    database
        .ledger()
        .change(
            transaction -> {
              transaction.republish(waiting);
              return true;
            });
  }

  private String stableId(String name) {
    return database
        .ledger()
        .read(
            queries -> queries.currentNamed(new OwnerName(name)).orElseThrow().owner().stableId());
  }

  @AfterEach
  void stop() {
    slapd.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void findsTheSame(boolean showsRevisions) {
    slapd.restartWithRevision(showsRevisions);
    try (Directory opened = Directory.open(slapd.configuration(), Clock.systemUTC())) {
      PublishDirectory directory = opened.publish();
      CurrentView views = CurrentView.of(database.ledger());
      assertThat(directory.showsRevisions()).isEqualTo(showsRevisions);
      List<PublishedEntry> published = published(directory);
      List<PublishedEntry> read = new ArrayList<>();
      var unused = directory.read(() -> read, List::add);
      assertThat(read).isEqualTo(directory.entries()).hasSizeGreaterThan(OWNERS);
      for (int seed = 0; seed < MIXES; seed++) {
        List<PublishedEntry> mix = RandomEntries.of(published, new Random(seed));
        DirectoryReading reading = new DirectoryReading(views.get(), directory.form());
        mix.forEach(reading::take);
        compare("seed " + seed, directory, mix, reading);
      }
    }
    assertThat(seen.keySet())
        .contains("ahead", "contradicted", "drifting", "outdated", "refused", "settled");
  }

  /** An old schema cannot show the revisions: those that the entries have are from before. */
  private List<PublishedEntry> published(PublishDirectory directory) {
    boolean shows = directory.showsRevisions();
    return directory.entries().stream()
        .map(
            e ->
                !shows && e instanceof Ours ours
                    ? new Ours(ours.dn(), ours.allocation().withRevision(0))
                    : e)
        .toList();
  }

  private void compare(
      String mix, PublishDirectory directory, List<PublishedEntry> all, DirectoryReading reading) {
    List<PublishedEntry> judged = reading.toJudge();
    EntryJudgement judgement = judge(judged);
    EntryPlan plan = database.ledger().read(queries -> WholeComparison.plan(queries, all, rules));
    Drift drift = database.ledger().read(queries -> Drift.of(queries, directory, reading));

    assertThat(judgement.plan().ahead()).as(mix).isEqualTo(plan.ahead());
    assertThat(judgement.plan().refused()).as(mix).isEqualTo(plan.refused());
    assertThat(judgement.untrusted()).as(mix).isEqualTo(judge(all).untrusted());
    assertThat(drift)
        .as(mix)
        .isEqualTo(
            database.ledger().read(queries -> WholeComparison.drift(queries, directory, all)));

    count("ahead", plan.ahead().size());
    count("refused", plan.refused().size());
    count("drifting", drift.drifting().size());
    count("outdated", drift.outdated().size());
    count("settled", all.size() - judged.size());
    count("contradicted", judged.stream().filter(e -> !all.contains(e)).toList().size());
    count("foreign", WholeComparison.only(Foreign.class, all).size());
  }

  private EntryJudgement judge(List<PublishedEntry> entries) {
    return database
        .ledger()
        .read(queries -> EntryJudgement.of(queries, entries, rules, OptionalLong.empty()));
  }

  private void count(String what, int times) {
    if (times > 0) {
      seen.merge(what, times, Integer::sum);
    }
  }
}
