/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A storage.conf or a drop-in.
 *
 * @param path the absolute path
 * @param text the text; a byte that is not UTF-8 is a lone surrogate
 */
public record StorageFile(String path, String text) {
  /**
   * The longest text that the rules read, in characters, inclusive; a storage.conf has a few
   * hundred lines.
   */
  public static final int MAX_LENGTH = 1 << 17;
}
