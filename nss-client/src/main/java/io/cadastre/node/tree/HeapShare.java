/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

/** The share of the heap that one file, or one answer of the service, may take. */
public final class HeapShare {
  /** Measured: reading, checking and rendering a first snapshot takes twelve times its bytes. */
  private static final long SHARE = 10;

  private static final int MEBIBYTE = 20;

  private HeapShare() {}

  /**
   * The largest number of bytes to read.
   *
   * @param most the limit on a heap of any size
   */
  public static long atMost(long most) {
    return Math.min(most, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * The remedy where something is larger than a limit.
   *
   * @param limit as {@link #atMost} returned it
   */
  public static String remedy(long limit) {
    return limit < Runtime.getRuntime().maxMemory() / SHARE ? "is it the right one?" : remedy();
  }

  /** The remedy where the heap is too small. */
  public static String remedy() {
    long heap = Runtime.getRuntime().maxMemory() >> MEBIBYTE;
    return "this program has a heap of %d MiB; for a larger one set JDK_JAVA_OPTIONS=-Xmx%dm in its environment"
        .formatted(heap, 4 * heap);
  }
}
