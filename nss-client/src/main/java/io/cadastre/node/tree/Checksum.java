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
 * A checksum over parts, each with its length before it: whether files are as they were left. They
 * are root's, so that only mistakes have to be found; SHA-256 without a compiled JVM would take
 * most of the time of a sync that has nothing to do.
 */
public final class Checksum {
  private final CRC32 crc32 = new CRC32();
  private final CRC32C crc32c = new CRC32C();

  /** Adds a part. */
  public Checksum add(byte[] part) {
    byte[] length = ByteBuffer.allocate(Long.BYTES).putLong(part.length).array();
    for (byte[] bytes : new byte[][] {length, part}) {
      crc32.update(bytes);
      crc32c.update(bytes);
    }
    return this;
  }

  /** Adds a part of text. */
  public Checksum add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  /** 64 bits, in hex. */
  public String hex() {
    return "%08x%08x".formatted(crc32.getValue(), crc32c.getValue());
  }
}
