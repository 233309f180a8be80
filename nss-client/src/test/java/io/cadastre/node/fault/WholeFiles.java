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
 * A node's files before and after a fault: each must be what it was or what the next sync makes.
 */
final class WholeFiles {
  private static final List<String> SERVED =
      List.of("etc/subuid", "etc/subgid", "var/lib/cadastre/snapshot");

  private final ScratchNode node;
  private Map<String, String> old;

  /** The files as they are now. */
  WholeFiles(ScratchNode node) {
    this.node = node;
    this.old = node.filesWithoutTimes();
  }

  /** Compares, by a sync that nothing disturbs, which also has to leave nothing behind. */
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
    // One who is killed after the last write, with the locks still held; shadow breaks a lock whose
    // process is gone, and so does the next sync that writes.
    names.removeAll(Set.of("etc/subuid.lock", "etc/subgid.lock"));
    assertThat(names).as(what + ", left behind").isEmpty();
    assertThat(node.run("verify").err()).as(what).isEmpty();
    old = next;
  }
}
