/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

/**
 * What tells a regular file from one with another content: a sync that finds all as it was reads no
 * file into memory.
 *
 * @param checksum of the bytes, as {@link Checksum} gives it; empty, which equals no other, if the
 *     file changed while it was read
 * @param fit as {@link FileContent#fit()}
 */
public record FileSum(String checksum, boolean fit) {
  /** The sum of a file that is in memory. */
  public static FileSum of(FileContent file) {
    return new FileSum(new Checksum().add(file.bytes()).hex(), file.fit());
  }
}
