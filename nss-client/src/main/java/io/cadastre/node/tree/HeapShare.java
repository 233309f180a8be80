/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

/** How much of the heap one file, or one answer of a service, may take. */
public final class HeapShare {
  /** Seen: to read, judge and render a snapshot for the first time takes twelve times its bytes. */
  private static final long SHARE = 10;

  private static final int MEBIBYTE = 20;

  private HeapShare() {}

  /**
   * The most bytes to read.
   *
   * @param most what is sensible on a heap of any size
   */
  public static long atMost(long most) {
    return Math.min(most, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * What to do where a limit is too little.
   *
   * @param limit of {@link #atMost}
   */
  public static String remedy(long limit) {
    return limit < Runtime.getRuntime().maxMemory() / SHARE ? "is it the right one?" : remedy();
  }

  /** What to do where the heap is too small. */
  public static String remedy() {
    long heap = Runtime.getRuntime().maxMemory() >> MEBIBYTE;
    return "this program has a heap of %d MiB; for a larger one set JDK_JAVA_OPTIONS=-Xmx%dm in its environment"
        .formatted(heap, 4 * heap);
  }
}
