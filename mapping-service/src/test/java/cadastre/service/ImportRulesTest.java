/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import what, over the import lines of every module. */
class ImportRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+)");

  private record Source(String module, String inPackage, String type, Set<String> imports) {}

  /** What opens a file, or may. */
  private static final List<String> OPENERS =
      List.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.nio.channels.AsynchronousFileChannel",
          "java.nio.channels.FileChannel",
          "java.nio.file.Files",
          "java.util.Scanner",
          "java.util.jar",
          "java.util.zip.ZipFile");

  /** Those who open files; each bounds what it reads, or reads what it has written itself. */
  private static final List<String> MAY_OPEN =
      List.of(
          "cadastre.node.tree.", // every file of a node's tree
          "cadastre.node.check.Attributes", // the probe's own file, on the running system
          "cadastre.node.check.OutputPipe", // the output of a program that the check runs
          "cadastre.node.check.OwnSession", // /proc/PID/stat
          "cadastre.node.check.UserProgram", // only whether a program is there
          "cadastre.node.manual.Manual", // writes the manual; the build runs it
          "cadastre.service.file.", // every file that somebody names
          "cadastre.service.MissingLedger", // only whether a file is there
          "cadastre.service.Compaction", // only its size
          "cadastre.service.cli.StateOwner", // only whose a folder is
          "cadastre.service.directory.EmbeddedDirectory", // the demo's directory
          "cadastre.service.directory.SavedDirectory");

  @ParameterizedTest
  @CsvSource({
    "org.jdbi, cadastre.service.ledger",
    "com.unboundid, cadastre.service.directory",
    "com.fasterxml.uuid, cadastre.service.registry",
    "org.flywaydb, cadastre.service.ledger",
    "io.swagger, cadastre.service.rest",
    "org.tomlj, cadastre.subid.storage",
    "ch.qos.logback, cadastre.service.logs",
  })
  void libraryIsImportedByOnePackageOnly(String library, String only) {
    assertThat(
            sources()
                .filter(s -> imports(s, library))
                .map(Source::inPackage)
                .filter(p -> !p.equals(only)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "subid-core, cadastre.service",
    "subid-core, cadastre.node",
    "subid-core, cadastre.schema",
    "subid-core, io.dropwizard",
    "subid-core, com.fasterxml",
    "subid-core, java.net",
    "subid-core, java.sql",
    "ldap-schema, cadastre",
    "nss-client, cadastre.service",
    "nss-client, cadastre.schema",
    "nss-client, io.dropwizard",
    "nss-client, org.jdbi",
    "nss-client, com.unboundid",
    "nss-client, com.fasterxml",
    "mapping-service, cadastre.node",
  })
  void moduleNeverImports(String module, String forbidden) {
    assertThat(
            sources()
                .filter(s -> s.module().equals(module))
                .filter(s -> imports(s, forbidden))
                .filter(s -> !s.inPackage().startsWith(forbidden)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cadastre.service.ledger, cadastre.service.registry",
    "cadastre.service.ledger, cadastre.service.directory",
    "cadastre.service.directory, cadastre.service.ledger",
    "cadastre.service.directory, cadastre.service.registry",
    "cadastre.service.registry, cadastre.service.rest",
    "cadastre.service.registry, io.dropwizard",
    "cadastre.service.ledger, io.dropwizard",
  })
  void packageNeverImports(String inPackage, String forbidden) {
    assertThat(
            sources()
                .filter(s -> s.inPackage().equals(inPackage))
                .filter(s -> imports(s, forbidden)))
        .isEmpty();
  }

  @Test
  void filesAreOpenedInOnePlaceOfEachModule() {
    assertThat(
            sources()
                .filter(s -> OPENERS.stream().anyMatch(opener -> imports(s, opener)))
                .map(s -> s.inPackage() + "." + s.type())
                .filter(name -> MAY_OPEN.stream().noneMatch(name::startsWith)))
        .isEmpty();
  }

  @Test
  void theRulesSeeTheSources() {
    assertThat(sources().map(Source::module).distinct())
        .containsExactlyInAnyOrder("ldap-schema", "mapping-service", "nss-client", "subid-core");
    assertThat(sources().filter(s -> imports(s, "org.jdbi"))).isNotEmpty();
  }

  private static boolean imports(Source source, String prefix) {
    return source.imports().stream().anyMatch(i -> i.equals(prefix) || i.startsWith(prefix + "."));
  }

  private static Stream<Source> sources() {
    return Stream.of("subid-core", "ldap-schema", "nss-client", "mapping-service")
        .flatMap(ImportRulesTest::sources);
  }

  private static Stream<Source> sources(String module) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(f -> source(module, f))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source source(String module, Path file) {
    try {
      String text = Files.readString(file);
      List<String> packages = PACKAGE.matcher(text).results().map(m -> m.group(1)).toList();
      return new Source(
          module,
          packages.get(0),
          file.getFileName().toString().replace(".java", ""),
          IMPORT.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
