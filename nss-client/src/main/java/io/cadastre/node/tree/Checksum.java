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
  /** The hexadecimal digits of 32 bits. */
  private static final int DIGITS = 8;

  private final CRC32 crc32 = new CRC32();
  private final CRC32C crc32c = new CRC32C();

  /** Adds a part and returns this. */
  public Checksum add(byte[] part) {
    begin(part.length);
    update(ByteBuffer.wrap(part));
    return this;
  }

  /** Begins a part of this many bytes; {@link #update} adds them. */
  void begin(long length) {
    update(ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
  }

  /** Adds the next bytes of the part that was begun: those that the buffer has left. */
  void update(ByteBuffer bytes) {
    crc32.update(bytes.duplicate());
    crc32c.update(bytes);
  }

  /** Adds a text as UTF-8 and returns this. */
  public Checksum add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  /** The 64 bits as 16 hexadecimal digits. */
  public String hex() {
    StringBuilder digits = new StringBuilder(2 * DIGITS);
    append(digits, crc32.getValue());
    append(digits, crc32c.getValue());
    return digits.toString();
  }

  private static void append(StringBuilder digits, long bits) {
    String hex = Long.toHexString(bits);
    for (int i = hex.length(); i < DIGITS; i++) {
      digits.append('0');
    }
    digits.append(hex);
  }
}
