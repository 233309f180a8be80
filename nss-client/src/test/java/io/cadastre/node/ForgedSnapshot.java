/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A whole snapshot with correct digests that no registry renders. */
final class ForgedSnapshot {
  private ForgedSnapshot() {}

  /** One row of an owner with this name. */
  static byte[] withName(String name) {
    String rows =
        name + ":1001:" + new java.util.UUID(0, 0) + ":1001062400:65536:1001062400:65536\n";
    String header =
        "# cadastre-snapshot 1\n# ledger %s\n# serial 42\n# rows 1\n# sha256 %s\n# head -\n"
            .formatted(Snapshots.LEDGER, sha256(rows));
    return (header + "# check " + sha256(header) + "\n" + rows).getBytes(StandardCharsets.UTF_8);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
