/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A storage.conf or a drop-in.
 *
 * @param path where it is, absolute
 * @param text what it says; a byte that is not UTF-8 stands as a lone surrogate
 */
public record StorageFile(String path, String text) {
  /** A longer text is refused unread: a storage.conf has a few hundred lines. In characters. */
  public static final int MAX_LENGTH = 1 << 17;
}
