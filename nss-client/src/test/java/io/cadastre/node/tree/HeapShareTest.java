/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A larger heap is the remedy only where the heap sets the limit. */
final class HeapShareTest {
  @Test
  void aLargerHeapIsTheRemedyIfTheHeapSetsTheLimit() {
    assertThat(HeapShare.remedy(HeapShare.atMost(Long.MAX_VALUE))).contains("JDK_JAVA_OPTIONS");
  }

  @Test
  void otherwiseTheFileIsQuestioned() {
    assertThat(HeapShare.remedy(HeapShare.atMost(1))).doesNotContain("JDK_JAVA_OPTIONS");
  }
}
