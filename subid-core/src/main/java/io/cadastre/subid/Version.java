/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of these programs, as the build wrote it into a resource. */
public final class Version {
  /** For classes that Maven did not build. */
  private static final String UNKNOWN = "unknown";

  private Version() {}

  /** The version, for instance {@code 0.1.0-SNAPSHOT}; {@code unknown} without a build by Maven. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
      return in == null
          ? UNKNOWN
          : new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
