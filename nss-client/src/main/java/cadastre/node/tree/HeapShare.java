/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.tree;

/** How much of the heap one file, or one answer of a service, may take. */
public final class HeapShare {
  /** Reading, parsing and rendering a snapshot takes about six times its bytes. */
  private static final long SHARE = 8;

  private HeapShare() {}

  /**
   * The most bytes to read, which is never more than {@link Integer#MAX_VALUE} less some.
   *
   * @param most what is sensible on a heap of any size
   */
  public static long atMost(long most) {
    return Math.min(most, Runtime.getRuntime().maxMemory() / SHARE);
  }
}
