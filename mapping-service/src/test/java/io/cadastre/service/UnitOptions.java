/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options that the systemd unit of the service gives to Java. */
final class UnitOptions {
  private static final Pattern START = Pattern.compile("(?m)^ExecStart=/usr/bin/java (.*) -cp ");

  private UnitOptions() {}

  /** Reads them from config/systemd/cadastre.service, in their order. */
  static List<String> read() {
    Path unit = Path.of(System.getProperty("cadastre.root"), "config/systemd/cadastre.service");
    try {
      Matcher start = START.matcher(Files.readString(unit));
      if (!start.find()) {
        throw new AssertionError("no Java in " + unit);
      }
      return List.of(start.group(1).split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
