/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recorded answers of a Podman, one file for each version: {@code podman-VERSION.answers}, where
 * Engine knows the version.
 *
 * @param version the version that the file is named by
 */
record GoldenAnswers(String version) {
  private static final Path FOLDER = Path.of("src/test/resources/io/cadastre/storage");
  private static final String PREFIX = "podman-";
  private static final String SUFFIX = ".answers";

  /** Returns the recorded versions, in the order of their names. */
  static List<GoldenAnswers> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(PREFIX) && name.endsWith(SUFFIX))
          .map(name -> name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
          .sorted()
          .map(GoldenAnswers::new)
          .toList();
    }
  }

  /** Returns the cases that every recorded Podman has answered. */
  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>(StorageCorpus.cases());
    cases.addAll(GeneratedCases.cases(GeneratedCases.SEED, GeneratedCases.RECORDED));
    return cases;
  }

  private Path file() {
    return FOLDER.resolve(PREFIX + version + SUFFIX);
  }

  /** Returns the engine whose rules must give these answers. */
  Engine engine() {
    return Engine.of(version).orElseThrow();
  }

  /** Returns the recorded lines, by the name of the case; none if there is no file. */
  Map<String, String> lines() throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    if (Files.exists(file())) {
      for (String line : Files.readAllLines(file())) {
        if (!line.startsWith("#")) {
          lines.put(line.substring(0, line.indexOf('\t')), line);
        }
      }
    }
    return lines;
  }

  /**
   * Writes the file anew.
   *
   * @param said the output of {@code podman --version}
   * @param lines one for each case, from {@link Answer#line}
   */
  void write(String said, Collection<String> lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("# " + said));
    all.addAll(lines);
    Files.write(file(), all);
  }

  /** Returns the cases on which the rules and this Podman still differ. */
  Set<String> differences() throws IOException {
    Path file = FOLDER.resolve(PREFIX + version + ".differences");
    if (!Files.exists(file)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    }
  }
}
