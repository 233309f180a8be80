/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.TestRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a node before and after a fault: each must be the old one or the one that the next
 * sync writes.
 */
final class WholeFiles {
  private static final List<String> SERVED =
      List.of("etc/subuid", "etc/subgid", "var/lib/cadastre/snapshot");

  private final ScratchNode node;
  private Map<String, String> old;

  /** The current files. */
  WholeFiles(ScratchNode node) {
    this.node = node;
    this.old = node.filesWithoutTimes();
  }

  /**
   * Compares the files with those of a sync without faults, which also has to leave nothing behind.
   */
  void requireOldOrNew(TestRegistry registry, String what) {
    Map<String, String> found = node.filesWithoutTimes();
    ScratchNode.Run run = node.sync(registry);
    assertThat(run.status()).as(what + ": " + run.err()).isZero();
    Map<String, String> next = node.filesWithoutTimes();
    List<String> wrong = new ArrayList<>();
    for (String file : SERVED) {
      String content = found.getOrDefault(file, "missing");
      if (!content.equals(old.get(file)) && !content.equals(next.get(file))) {
        wrong.add(file);
      }
    }
    assertThat(wrong).as(what).isEmpty();
    Set<String> names = new HashSet<>(next.keySet());
    names.removeAll(old.keySet());
    // A sync that is killed after the last write still holds the locks. shadow breaks a lock whose
    // process has ended, as does the next sync that writes.
    names.removeAll(Set.of("etc/subuid.lock", "etc/subgid.lock"));
    assertThat(names).as(what + ", left behind").isEmpty();
    assertThat(node.run("verify").err()).as(what).isEmpty();
    old = next;
  }
}
