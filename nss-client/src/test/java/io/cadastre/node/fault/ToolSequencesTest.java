/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of what changes /etc/subuid between syncs: no local row is lost, none is
 * doubled, every owner of the registry has one row. {@code -Dcadastre.soak.node.sequences=500} for
 * more; {@code -Dcadastre.sequence.seed=SEED} with one sequence repeats one.
 */
@Tag("slow")
final class ToolSequencesTest {
  private static final int SEQUENCES = Integer.getInteger("cadastre.soak.node.sequences", 100);
  private static final int ROUNDS = SEQUENCES > 100 ? 6 : 3;

  @Test
  void everySyncKeepsLocalRowsAndServesEveryOwner(
      @TempDir(factory = MemoryFolder.class) Path scratch) throws Exception {
    long first = Long.getLong("cadastre.sequence.seed", System.nanoTime());
    Map<String, Integer> done = new TreeMap<>();
    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(1))) {
      for (int i = 0; i < SEQUENCES; i++) {
        long seed = first + i;
        ToolSequence sequence =
            new ToolSequence(scratch.resolve(Integer.toString(i)), registry, seed);
        try {
          sequence.run(ROUNDS);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(
              "sequence %d, seed %d:%n%s".formatted(i, seed, sequence.history()), e);
        }
        sequence.done().forEach((what, times) -> done.merge(what, times, Integer::sum));
      }
    }
    System.out.printf("sequences: %d, steps: %s%n", SEQUENCES, done);
    if (SEQUENCES > 100) {
      assertThat(done.keySet()).containsAll(ToolSequence.STEPS);
    }
  }
}
