/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.pem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A block of a PEM text: what stands between BEGIN and END. Text around blocks is skipped, as RFC
 * 7468 says. Without regular expressions, which a short run would wait for.
 */
final class PemBlock {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private final String label;
  private final byte[] der;
  private final boolean encrypted;

  private PemBlock(String label, byte[] der, boolean encrypted) {
    this.label = label;
    this.der = der;
    this.encrypted = encrypted;
  }

  /** The word after BEGIN. */
  String label() {
    return label;
  }

  /** The decoded bytes, not copied. */
  byte[] der() {
    return der;
  }

  /** Whether the block has the headers of an encrypted key (RFC 1421). */
  boolean encrypted() {
    return encrypted;
  }

  /** Reads all blocks of a text. */
  static List<PemBlock> parse(byte[] text) throws PemRefused {
    List<PemBlock> blocks = new ArrayList<>();
    String label = "";
    StringBuilder body = new StringBuilder();
    boolean encrypted = false;
    for (String line : new String(text, StandardCharsets.ISO_8859_1).lines().toList()) {
      String word = line.strip();
      if (word.startsWith(BEGIN) && word.endsWith(DASHES)) {
        label = word.substring(BEGIN.length(), word.length() - DASHES.length());
        body.setLength(0);
        encrypted = false;
      } else if (word.startsWith(END) && !label.isEmpty()) {
        if (!word.equals(END + label + DASHES)) {
          throw new PemRefused("has a block \"%s\" without its end".formatted(label));
        }
        blocks.add(new PemBlock(label, decode(label, encrypted ? "" : body.toString()), encrypted));
        label = "";
      } else if (word.indexOf(':') >= 0) {
        encrypted |= word.startsWith("Proc-Type:") && word.endsWith("ENCRYPTED");
      } else if (!label.isEmpty()) {
        body.append(word);
      }
    }
    if (!label.isEmpty()) {
      throw new PemRefused("has a block \"%s\" without its end".formatted(label));
    }
    return blocks;
  }

  private static byte[] decode(String label, String body) throws PemRefused {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message quotes a character of the key.
      throw new PemRefused("has a block \"%s\" that is no base64".formatted(label));
    }
  }
}
