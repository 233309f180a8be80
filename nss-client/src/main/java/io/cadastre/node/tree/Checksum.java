/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * A checksum over parts, each preceded by its length. It shows whether files have changed since the
 * last sync. Only root writes these files, so that it has to find mistakes and not attacks;
 * SHA-256, interpreted by a JVM that has just started, would take most of the time of a sync
 * without changes. Not thread-safe.
 */
public final class Checksum {
  private final CRC32 crc32 = new CRC32();
  private final CRC32C crc32c = new CRC32C();

  /** Adds a part and returns this. */
  public Checksum add(byte[] part) {
    byte[] length = ByteBuffer.allocate(Long.BYTES).putLong(part.length).array();
    for (byte[] bytes : new byte[][] {length, part}) {
      crc32.update(bytes);
      crc32c.update(bytes);
    }
    return this;
  }

  /** Adds a text as UTF-8 and returns this. */
  public Checksum add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  /** The 64 bits as 16 hexadecimal digits. */
  public String hex() {
    return "%08x%08x".formatted(crc32.getValue(), crc32c.getValue());
  }
}
