/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** ignore_chown_errors: every table, driver, value and file. */
final class FlagCases {
  private static final Map<String, String> VALUES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("true", "\"true\""),
              Map.entry("one", "\"1\""),
              Map.entry("letter", "'T'"),
              Map.entry("upper", "\"FALSE\""),
              Map.entry("zero", "\"0\""),
              Map.entry("blanks", "\" true\\t\""),
              Map.entry("mixed", "\"tRue\""),
              Map.entry("yes", "\"yes\""),
              Map.entry("empty", "\"\""),
              Map.entry("boolean", "true"),
              Map.entry("integer", "1"),
              Map.entry("list", "[\"true\"]")));
  private static final List<String> FEW = List.of("true", "yes", "boolean");
  private static final List<String> TABLES = List.of("", ".overlay", ".vfs");
  private static final List<String> DRIVERS = List.of("overlay", "vfs", "none");

  private FlagCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    for (String driver : DRIVERS) {
      for (String table : TABLES) {
        VALUES.forEach(
            (name, value) -> {
              String text = text(driver, table, value);
              String end = "-%s%s-%s".formatted(driver, table.replace('.', '-'), name);
              cases.add(StorageCase.of("user" + end).user(text));
              if (FEW.contains(name)) {
                cases.add(StorageCase.of("system" + end).system(text));
                cases.add(StorageCase.of("named" + end).named(text));
              }
            });
      }
      cases.add(pair(driver, "both", "\"true\"", "\"false\""));
      cases.add(pair(driver, "both-general-wrong", "\"yes\"", "\"true\""));
      cases.add(pair(driver, "both-own-wrong", "\"true\"", "\"yes\""));
      cases.add(pair(driver, "both-own-empty", "\"true\"", "\"\""));
      StorageCase system = pair(driver, "both-system", "\"true\"", "\"false\"");
      cases.add(StorageCase.of(system.name()).system(system.files().get(StorageCase.USER)));
    }
    for (String name : FEW) {
      String text = text("overlay", "", VALUES.get(name));
      cases.add(StorageCase.of("user-" + name).user(text).later());
      cases.add(StorageCase.of("system-" + name).system(text).later());
      cases.add(StorageCase.of("named-" + name).named(text).later());
    }
    return cases;
  }

  private static StorageCase pair(String driver, String name, String general, String own) {
    String table = driver.equals("none") ? "overlay" : driver;
    return StorageCase.of(name + "-" + driver)
        .user(
            text(driver, "", general)
                + "[storage.options.%s]\nignore_chown_errors = %s\n".formatted(table, own));
  }

  static String text(String driver, String table, String value) {
    return driver(driver)
        + "[storage.options%s]\nignore_chown_errors = %s\n".formatted(table, value);
  }

  static String driver(String driver) {
    return driver.equals("none") ? "[storage]\n" : "[storage]\ndriver = \"" + driver + "\"\n";
  }
}
