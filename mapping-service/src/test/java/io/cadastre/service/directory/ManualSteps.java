/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The commands of the pages for directory servers, run against a server of a test: only the
 * addresses, the folders and the password prompt are replaced.
 */
final class ManualSteps {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));

  /** The first command of these blocks; the folder is a copy of /usr/share/cadastre. */
  private static final String FOLDER = "cd ~/cadastre-ldap";

  private ManualSteps() {}

  /** Returns the commands of the first block of a page in docs that loads files into the server. */
  static List<String> of(String page) throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("docs").resolve(page));
    int loads = Collections.indexOfSubList(lines, List.of("```sh", FOLDER)) + 1;
    if (loads == 0) {
      throw new AssertionError("docs/%s has no block that begins with %s".formatted(page, FOLDER));
    }
    List<String> block = lines.subList(loads, lines.size());
    return List.copyOf(block.subList(0, block.indexOf("```")));
  }

  /**
   * Lays out the copy of /usr/share/cadastre, with passwords set.
   *
   * @return the replacement of the folder in the commands
   */
  static Map.Entry<String, String> install(Path folder) throws IOException {
    copy(ROOT.resolve("ldap-schema/openldap"), folder.resolve("ldap-schema/openldap"));
    copy(ROOT.resolve("ldap-schema/389ds"), folder.resolve("ldap-schema/389ds"));
    copy(ROOT.resolve("config/examples"), folder.resolve("examples"));
    return Map.entry("~/cadastre-ldap", folder.toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(
            to.resolve(file.getFileName()),
            Files.readString(file)
                .replace("{SSHA}replace-me", Slapd.PASSWORD)
                .replace("= replace-me", "= " + Slapd.PASSWORD));
      }
    }
  }

  /** Runs steps in one shell, which ends at the first that fails; returns what they print. */
  static String run(List<String> steps, Map<String, String> replacements) throws IOException {
    List<String> script = new ArrayList<>(List.of("set -e"));
    for (String step : steps) {
      String real = step;
      for (Map.Entry<String, String> replacement : replacements.entrySet()) {
        real = real.replace(replacement.getKey(), replacement.getValue());
      }
      script.add(real);
    }
    return LdapPrograms.run("bash", "-c", String.join("\n", script));
  }
}
