/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A text in memory, plain and compressed. Each form has a strong entity tag of its own: the digest
 * of the plain bytes, marked for the compressed form (RFC 9110 section 8.8.3.3). The text is
 * compressed once, when first asked for. Thread-safe.
 */
public final class EncodedText {
  private final byte[] plain;
  private final String digest;
  private Optional<byte[]> gzip = Optional.empty();

  /** Takes over the array. */
  public EncodedText(byte[] plain) {
    this.plain = plain;
    this.digest = sha256(plain);
  }

  /** The bytes, not to be changed. */
  public byte[] plain() {
    return plain;
  }

  /** The bytes in gzip's format, not to be changed. */
  public synchronized byte[] gzip() {
    byte[] compressed = gzip.orElseGet(() -> compress(plain));
    gzip = Optional.of(compressed);
    return compressed;
  }

  /** The tag of {@link #plain()}, without quotes. */
  public String plainTag() {
    return digest;
  }

  /** The tag of {@link #gzip()}, without quotes. */
  public String gzipTag() {
    return digest + "-gzip";
  }

  private static byte[] compress(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every write", e);
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
