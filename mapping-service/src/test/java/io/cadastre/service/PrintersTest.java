/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks which classes print, over the sources of every module: all others print through them, and
 * so through {@code Printable}.
 */
class PrintersTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Pattern PRINTS =
      Pattern.compile(
          "System\\.(out|err|console)\\b|\\b(PrintWriter|PrintStream|ConsoleAppender)\\b"
              + "|\\.printStackTrace\\(|\\.getOut\\(\\)|\\.getErr\\(\\)|FileDescriptor\\.(out|err)");

  /** Beside those that print: what makes the node's writers. */
  private static final List<String> PRINTERS =
      List.of(
          "mapping-service/src/main/java/io/cadastre/service/cli/Output.java",
          "nss-client/src/main/java/io/cadastre/node/Main.java",
          "nss-client/src/main/java/io/cadastre/node/Terminal.java");

  @Test
  void onlyTheyPrint() {
    assertThat(
            Stream.of("subid-core", "storage-conf", "ldap-schema", "nss-client", "mapping-service")
                .flatMap(PrintersTest::sources)
                .filter(file -> PRINTS.matcher(code(file)).find())
                .map(file -> ROOT.relativize(file).toString()))
        .containsExactlyInAnyOrderElementsOf(PRINTERS);
  }

  private static Stream<Path> sources(String module) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without comments. */
  private static String code(Path file) {
    try {
      return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
