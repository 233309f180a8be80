/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A text in memory, plain and compressed. Each form has a strong entity tag of its own: a digest
 * that the plain bytes decide, marked for the compressed form (RFC 9110 section 8.8.3.3). The text
 * is compressed once, when first asked for. Thread-safe.
 */
public final class EncodedText {
  private final byte[] plain;
  private final String tag;
  private volatile Optional<ByteBuffer> gzip = Optional.empty();

  /** Takes over the array, and takes its digest for the tag. */
  public EncodedText(byte[] plain) {
    this(plain, sha256(plain, 0));
  }

  /**
   * Takes over the array.
   *
   * @param tag the entity tag of these bytes, which no other bytes have
   */
  EncodedText(byte[] plain, String tag) {
    this.plain = plain;
    this.tag = tag;
  }

  /** The bytes, not to be changed. */
  public byte[] plain() {
    return plain;
  }

  /**
   * The bytes in gzip's format, read-only: readers take a duplicate. They lie outside of the heap,
   * where a socket takes them from: from an array, Java copies them for each request into a buffer
   * that the thread keeps.
   */
  public ByteBuffer gzip() {
    return gzip.orElseGet(this::compressedOnce);
  }

  /** Compresses the text unless that was done before. */
  void compress() {
    ByteBuffer unused = gzip();
  }

  private synchronized ByteBuffer compressedOnce() {
    ByteBuffer compressed = gzip.orElseGet(() -> compress(plain));
    gzip = Optional.of(compressed);
    return compressed;
  }

  /** The tag of {@link #plain()}, without quotes. */
  public String plainTag() {
    return tag;
  }

  /** The tag of {@link #gzip()}, without quotes. */
  public String gzipTag() {
    return tag + "-gzip";
  }

  private static ByteBuffer compress(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every write", e);
    }
    ByteBuffer outside = ByteBuffer.allocateDirect(out.size());
    return outside.put(out.toByteArray()).flip().asReadOnlyBuffer();
  }

  /** SHA-256 of the bytes from an index on, in hex. */
  static String sha256(byte[] bytes, int from) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, bytes.length - from);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
