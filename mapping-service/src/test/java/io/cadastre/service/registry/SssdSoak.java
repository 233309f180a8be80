/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.CallerSite.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.directory.Dirsrv;
import io.cadastre.service.directory.Slapd;
import io.cadastre.service.directory.SssdTree;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.OwnerName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * An SSSD reads with config/examples/sssd.conf what the service publishes to each server. {@code
 * bin/soak sssd} runs it, with a tree of Debian unstable in the property; its name keeps it out of
 * bin/test.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = SssdSoak.TREE, matches = "/.+")
class SssdSoak {
  static final String TREE = "cadastre.soak.sssd";
  private static final int OWNERS = 200;

  /** The administrator's changes, on either server. */
  private interface Tree {
    void addAccount(String name, long uid);

    void rename(String name, String newName);
  }

  @Test
  void everyRangeInSlapdIsRightAndNoRetiredOneIsLeft() throws IOException {
    try (Slapd slapd = Slapd.start()) {
      Tree tree =
          new Tree() {
            @Override
            public void addAccount(String name, long uid) {
              slapd.addAccount(name, uid, uid);
            }

            @Override
            public void rename(String name, String newName) {
              slapd.rename(name, newName);
            }
          };
      live("slapd", slapd.url(), slapd.configuration(), tree);
    }
  }

  @Test
  void everyRangeIn389DsIsRightAndNoRetiredOneIsLeft() throws IOException {
    try (Dirsrv server = Dirsrv.start()) {
      Tree tree =
          new Tree() {
            @Override
            public void addAccount(String name, long uid) {
              server.addAccount(name, uid, uid);
            }

            @Override
            public void rename(String name, String newName) {
              server.rename(name, newName);
            }
          };
      live("389-DS", server.url(), server.configuration(), tree);
    }
  }

  private static void live(
      String server, String url, DirectoryConfiguration configuration, Tree tree)
      throws IOException {
    List<String> names = IntStream.range(0, OWNERS).mapToObj(i -> "user" + i).toList();
    names.forEach(name -> tree.addAccount(name, 5000 + names.indexOf(name)));
    try (TestLedger ledger = TestLedger.inMemory();
        Site site = Site.ready(ledger.ledger(), configuration);
        SssdTree sssd = SssdTree.start(Path.of(System.getProperty(TREE)), url)) {
      names.forEach(site::allocate);
      change(site, tree, 0);
      await().atMost(Duration.ofMinutes(1)).until(() -> sssd.knows("user199"));
      List<String> asked = new ArrayList<>(names);
      names.subList(0, 10).forEach(name -> asked.add(name + "-smith"));
      Map<String, List<String>> first = sssd.ranges(asked);
      assertThat(first).as(sssd.log()).isEqualTo(expected(site, asked));

      // All rows are in SSSD's cache now.
      change(site, tree, 100);
      names.subList(100, 110).forEach(name -> asked.add(name + "-smith"));
      Map<String, List<String>> expected = expected(site, asked);
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(sssd.ranges(asked)).isEqualTo(expected));

      long right = expected.values().stream().filter(rows -> !rows.isEmpty()).count();
      System.out.printf(
          "SSSD %s on %s: %d of %d living owners right, %d retired and former names gone%n",
          sssd.version(), server, right, active(site).size(), expected.size() - right);
    }
  }

  /** Renames ten owners, retires ten, and gives five a new range. */
  private static void change(Site site, Tree tree, int from) {
    for (int i = from; i < from + 10; i++) {
      tree.rename("user" + i, "user" + i + "-smith");
    }
    for (int i = from + 10; i < from + 20; i++) {
      site.ownerCommands.retire(new OwnerName("user" + i), TEST);
    }
    for (int i = from + 20; i < from + 25; i++) {
      site.ownerCommands.supersede(new OwnerName("user" + i), Optional.empty(), false, TEST);
    }
    assertThat(site.follow().followed()).isEqualTo(10);
    site.drain();
  }

  private static List<Allocation> active(Site site) {
    return site.rows().stream().filter(a -> a.state() == AllocationState.ACTIVE).toList();
  }

  private static Map<String, List<String>> expected(Site site, List<String> asked) {
    Map<String, List<String>> rows = new HashMap<>();
    asked.forEach(name -> rows.put(name, List.of()));
    for (Allocation a : active(site)) {
      String name = a.owner().name().value();
      rows.put(name, List.of(row(name, a.uidRange()), row(name, a.gidRange())));
    }
    return rows;
  }

  private static String row(String name, IdRange range) {
    return "0: %s %d %d".formatted(name, range.start(), range.count());
  }
}
