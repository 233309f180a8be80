/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes a unified diff of two texts, as patch(1) reads it. */
final class UnifiedDiff {
  private static final int CONTEXT = 3;

  /** The shortest diff costs lines times differences: above this limit the diff is one change. */
  private static final int MAX_DIFFERENCES = 2000;

  private UnifiedDiff() {}

  /**
   * The difference between two contents of a file; no lines if they are equal.
   *
   * @param path of the file, for the two header lines
   */
  static List<String> of(String path, byte[] before, byte[] after) {
    List<String> old = lines(before);
    List<String> next = lines(after);
    return UnifiedDiffUtils.generateUnifiedDiff(path, path, old, patch(old, next), CONTEXT).stream()
        // POSIX, diff: an empty range has the number of the line before it, which is 0 here.
        .map(line -> line.startsWith("@@ -1,0 ") ? line.replace("-1,0", "-0,0") : line)
        .map(line -> line.startsWith("@@ ") ? line.replace("+1,0 @@", "+0,0 @@") : line)
        .toList();
  }

  private static List<String> lines(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> lines = Arrays.asList(text.split("\n", -1));
    int last = lines.size() - 1;
    if (lines.get(last).isEmpty()) {
      return lines.subList(0, last);
    }
    // The marker of diff(1) for a last line without line end.
    lines.set(last, lines.get(last) + "\n\\ No newline at end of file");
    return lines;
  }

  private static Patch<String> patch(List<String> old, List<String> next) {
    int most = Math.min(old.size(), next.size());
    int head = 0;
    while (head < most && old.get(head).equals(next.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < most - head
        && old.get(old.size() - 1 - tail).equals(next.get(next.size() - 1 - tail))) {
      tail++;
    }
    Chunk<String> removed = new Chunk<>(head, old.subList(head, old.size() - tail));
    Chunk<String> added = new Chunk<>(head, next.subList(head, next.size() - tail));
    if (differences(removed.getLines(), added.getLines()) <= MAX_DIFFERENCES) {
      return DiffUtils.diff(old, next);
    }
    Patch<String> patch = new Patch<>();
    patch.addDelta(new ChangeDelta<>(removed, added));
    return patch;
  }

  private static int differences(List<String> some, List<String> others) {
    Set<String> both = new HashSet<>(some);
    both.retainAll(new HashSet<>(others));
    return some.size() + others.size() - 2 * both.size();
  }
}
