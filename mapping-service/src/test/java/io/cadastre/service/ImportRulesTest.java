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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which package may import what, over the import lines of every module. */
class ImportRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final List<String> MODULES =
      List.of("subid-core", "storage-conf", "ldap-schema", "mapping-service", "nss-client");
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

  /**
   * The classes that open files; each bounds what it reads, or reads what it has written itself.
   */
  private static final List<String> MAY_OPEN =
      List.of(
          "io.cadastre.node.tree.", // every file of a node's tree
          "io.cadastre.node.rehearsal.", // a temporary folder of its own
          "io.cadastre.node.check.OutputPipe", // a pipe of its own
          "io.cadastre.node.check.OwnSession", // /proc/PID/stat
          "io.cadastre.node.check.SystemPrograms", // /dev/null and a pipe, for a program
          "io.cadastre.node.check.UserProgram", // tests whether a program is installed
          "io.cadastre.node.manual.Manual", // writes the manual; the build runs it
          "io.cadastre.service.manual.ServiceManual", // the same for the service
          "io.cadastre.service.file.", // every file that a configuration or command line names
          "io.cadastre.service.database.MissingLedger", // only whether a file is there
          "io.cadastre.service.database.Compaction", // only its size
          "io.cadastre.service.database.LedgerMigration", // copies it, and reads nothing
          "io.cadastre.service.cli.LedgerFolder", // only the owner of a folder
          "io.cadastre.service.view.ViewFile", // its own, after its sum was found right
          "io.cadastre.service.directory.EmbeddedDirectory", // the demo's directory
          "io.cadastre.service.directory.SavedDirectory");

  @ParameterizedTest
  @CsvSource({
    "org.jdbi, io.cadastre.service.ledger",
    "com.unboundid, io.cadastre.service.directory|io.cadastre.service.config",
    "com.fasterxml.uuid, io.cadastre.service.registry",
    "com.google.common, io.cadastre.service.idmap",
    "com.nimbusds, io.cadastre.service.oidc",
    "io.github.bucket4j, io.cadastre.service.rest.http",
    "io.prometheus, io.cadastre.service.rest.metrics",
    "com.github.benmanes, io.cadastre.service.rest.http",
    "org.flywaydb, io.cadastre.service.ledger",
    "io.swagger, io.cadastre.service.rest",
    "org.tomlj, io.cadastre.storage",
    "gg.jte, io.cadastre.service.ui.page",
    "ch.qos.logback, io.cadastre.service.logs",
  })
  void libraryIsImportedOnlyByItsPackage(String library, String only) {
    assertThat(
            sources()
                .filter(s -> imports(s, library))
                .map(Source::inPackage)
                .filter(p -> !List.of(only.split("\\|")).contains(p)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "subid-core, io.cadastre.service",
    "subid-core, io.cadastre.node",
    "subid-core, io.cadastre.schema",
    "subid-core, io.dropwizard",
    "subid-core, com.fasterxml",
    "subid-core, java.net",
    "subid-core, java.sql",
    "subid-core, io.cadastre.storage",
    "subid-core, org.tomlj",
    "storage-conf, io.cadastre.service",
    "storage-conf, io.cadastre.node",
    "storage-conf, io.cadastre.schema",
    "storage-conf, io.dropwizard",
    "storage-conf, com.fasterxml",
    "storage-conf, java.net",
    "storage-conf, java.sql",
    "ldap-schema, io.cadastre",
    "nss-client, io.cadastre.service",
    "nss-client, io.cadastre.schema",
    "nss-client, io.dropwizard",
    "nss-client, org.jdbi",
    "nss-client, com.unboundid",
    "nss-client, com.fasterxml",
    "mapping-service, io.cadastre.node",
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
    "io.cadastre.service.ledger, io.cadastre.service.registry",
    "io.cadastre.service.ledger, io.cadastre.service.directory",
    "io.cadastre.service.ledger, io.cadastre.service.view",
    "io.cadastre.service.view, io.cadastre.service.registry",
    "io.cadastre.service.view, io.cadastre.service.rest",
    "io.cadastre.service.directory, io.cadastre.service.ledger",
    "io.cadastre.service.directory, io.cadastre.service.registry",
    "io.cadastre.service.registry, io.cadastre.service.rest",
    "io.cadastre.service.registry, io.cadastre.service.api",
    "io.cadastre.service.registry, io.cadastre.service.cli",
    "io.cadastre.service.registry, com.unboundid",
    "io.cadastre.service.registry, org.jdbi",
    "io.cadastre.service.registry, java.sql",
    "io.cadastre.service.registry, java.net",
    "io.cadastre.service.registry, jakarta",
    "io.cadastre.service.registry, io.dropwizard",
    "io.cadastre.service.ledger, io.dropwizard",
    "io.cadastre.service.cli, io.cadastre.service.ledger",
    "io.cadastre.service.cli, io.cadastre.service.directory",
    "io.cadastre.service.cli, io.cadastre.service.imports",
    "io.cadastre.service.rest, io.cadastre.service.ledger",
    "io.cadastre.service.rest, io.cadastre.service.directory",
    "io.cadastre.service.rest, io.cadastre.service.imports",
    "io.cadastre.service.rest, io.cadastre.service.lustre",
    "io.cadastre.service.ui, io.cadastre.service.ledger",
    "io.cadastre.service.ui, io.cadastre.service.view",
    "io.cadastre.service.ui, io.cadastre.service.directory",
    "io.cadastre.service.ui, io.cadastre.service.imports",
    "io.cadastre.service.ui, java.sql",
    "io.cadastre.service.ui.page, io.cadastre.service.ledger",
    "io.cadastre.service.ui.page, io.cadastre.service.rest",
    "io.cadastre.service.ui.page, jakarta",
    "io.cadastre.service.rest.http, io.cadastre.service.ledger",
    "io.cadastre.service.rest.http, io.cadastre.service.directory",
    "io.cadastre.service.rest.http, io.cadastre.service.imports",
    "io.cadastre.service.rest.http, io.cadastre.service.lustre",
    "io.cadastre.service.rest.text, io.cadastre.service.ledger",
    "io.cadastre.service.rest.text, io.cadastre.service.directory",
    "io.cadastre.service.rest.text, io.cadastre.service.imports",
    "io.cadastre.service.rest.text, io.cadastre.service.lustre",
    "io.cadastre.storage, io.cadastre.storage.fitness",
  })
  void packageNeverImports(String inPackage, String forbidden) {
    assertThat(
            sources()
                .filter(s -> s.inPackage().equals(inPackage))
                .filter(s -> imports(s, forbidden)))
        .isEmpty();
  }

  /** A pure package imports of Cadastre itself, {@code subid} and what {@code allowed} names. */
  @ParameterizedTest
  @CsvSource({
    "io.cadastre.service.event, io.cadastre.service.failure|io.cadastre.service.access",
    "io.cadastre.service.access, io.cadastre.service.access",
    "io.cadastre.service.imports, io.cadastre.service.imports",
    "io.cadastre.service.lustre, io.cadastre.service.lustre",
    "io.cadastre.service.ui.session, io.cadastre.service.access",
    "io.cadastre.service.packed, io.cadastre.service.packed",
    "io.cadastre.service.idspace, io.cadastre.service.idspace",
    "io.cadastre.service.ui.map, io.cadastre.service.idspace|io.cadastre.service.registry",
    "io.cadastre.pem, io.cadastre.pem",
    "io.cadastre.subid, io.cadastre.subid",
    "io.cadastre.storage, io.cadastre.storage",
    "io.cadastre.storage.fitness, io.cadastre.storage",
  })
  void purePackageKnowsNoOtherPackage(String inPackage, String allowed) {
    assertThat(
            sources()
                .filter(s -> s.inPackage().equals(inPackage))
                .flatMap(s -> s.imports().stream())
                .filter(i -> i.startsWith("io.cadastre."))
                .filter(
                    i ->
                        Stream.of("io.cadastre.subid|" + inPackage + "|" + allowed)
                            .flatMap(packages -> Stream.of(packages.split("\\|", -1)))
                            .noneMatch(p -> i.startsWith(p + "."))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.cadastre.service.event",
        "io.cadastre.service.idspace",
        "io.cadastre.service.imports",
        "io.cadastre.service.lustre",
        "io.cadastre.service.ui.map",
        "io.cadastre.pem",
        "io.cadastre.subid",
        "io.cadastre.storage",
        "io.cadastre.storage.fitness",
      })
  void purePackageOpensAndLogsNothing(String inPackage) {
    List<String> effects =
        List.of(
            "java.io.File",
            "java.net",
            "java.nio.channels",
            "java.nio.file",
            "java.sql",
            "javax",
            "org.slf4j");
    assertThat(
            sources()
                .filter(s -> s.inPackage().equals(inPackage))
                .filter(s -> effects.stream().anyMatch(effect -> imports(s, effect))))
        .isEmpty();
  }

  /** A package that needs another is not needed by it, directly or through others. */
  @Test
  void packagesDependInOneDirection() {
    Map<String, Set<String>> needs = new TreeMap<>();
    Set<String> packages = sources().map(Source::inPackage).collect(Collectors.toSet());
    sources()
        .forEach(
            s ->
                packages.stream()
                    .filter(p -> !p.equals(s.inPackage()))
                    .filter(p -> s.imports().stream().anyMatch(i -> isTypeOf(i, p)))
                    .forEach(
                        p -> needs.computeIfAbsent(s.inPackage(), k -> new TreeSet<>()).add(p)));
    // Packages that need nothing more leave, until only those of a cycle and their users remain.
    while (needs.values().removeIf(n -> n.stream().noneMatch(needs::containsKey))) {}
    assertThat(needs).isEmpty();
  }

  private static boolean isTypeOf(String imported, String inPackage) {
    return imported.startsWith(inPackage + ".")
        && Character.isUpperCase(imported.charAt(inPackage.length() + 1));
  }

  @Test
  void noTopLevelTypeNameExistsTwice() {
    Map<String, List<String>> packagesOfName =
        Stream.concat(sources(), MODULES.stream().flatMap(m -> sources(m, "src/test/java")))
            .filter(s -> !s.type().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    Source::type, Collectors.mapping(Source::inPackage, Collectors.toList())));
    packagesOfName.values().removeIf(packages -> packages.size() == 1);
    assertThat(packagesOfName).isEmpty();
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

  // The node: these rules hold what the package comments of io.cadastre.node promise.

  @ParameterizedTest
  @CsvSource({
    "picocli, io.cadastre.node|io.cadastre.node.manual",
    "com.github.difflib, io.cadastre.node",
    "javax.net, io.cadastre.node.fetch|io.cadastre.node.rehearsal",
    "java.net.HttpURLConnection, io.cadastre.node.fetch",
  })
  void onlyThesePackagesOfTheNodeImport(String imported, String only) {
    assertThat(
            sourcesOfTheNode()
                .filter(s -> imports(s, imported))
                .map(Source::inPackage)
                .filter(p -> !List.of(only.split("\\|")).contains(p)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "guard, java.io",
    "guard, java.nio.file",
    "guard, java.net",
    "render, java.io",
    "render, java.nio.file",
    "render, java.net",
    "settings, java.io",
    "failure, io.cadastre",
    "tree, java.net",
    "tree, io.cadastre.node.fetch",
    "tree, io.cadastre.node.guard",
    "tree, io.cadastre.node.settings",
    "tree, io.cadastre.node.sync",
    "fetch, io.cadastre.node.sync",
  })
  void packageOfTheNodeNeverImports(String inPackage, String forbidden) {
    assertThat(
            sourcesOfTheNode()
                .filter(s -> s.inPackage().equals("io.cadastre.node." + inPackage))
                .filter(s -> imports(s, forbidden)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ProcessBuilder|[.]exec[(], check.SystemPrograms|rehearsal.RehearsalKey",
    "[.]openConnection[(]|[.]openStream[(], fetch.ServiceConnection",
    "System[.](out|err)\\b, Terminal",
  })
  void onlyTheseClassesOfTheNodeUse(String code, String only) {
    assertThat(
            sourcesOfTheNode()
                .filter(s -> Pattern.compile(code).matcher(codeOf(s)).find())
                .map(ImportRulesTest::nameOf))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(only.split("[|]", -1)).map(name -> "io.cadastre.node." + name).toList());
  }

  /** As {@link #filesAreOpenedInOnePlaceOfEachModule}, for what needs no import line. */
  @Test
  void noOtherClassOfTheNodeOpensAFileWithoutAnImport() {
    Pattern opening =
        Pattern.compile("[.]toFile[(]|[.]provider[(]|java[.]nio[.]file[.]Files|java[.]io[.]File");
    assertThat(
            sourcesOfTheNode()
                .filter(s -> opening.matcher(codeOf(s)).find())
                .map(ImportRulesTest::nameOf)
                .filter(name -> MAY_OPEN.stream().noneMatch(name::startsWith)))
        .isEmpty();
  }

  private static Stream<Source> sourcesOfTheNode() {
    return sources().filter(s -> s.module().equals("nss-client"));
  }

  private static String nameOf(Source source) {
    return source.inPackage() + "." + source.type();
  }

  /** The text of a source without comments and import lines. */
  private static String codeOf(Source source) {
    Path file =
        ROOT.resolve(source.module())
            .resolve("src/main/java")
            .resolve(nameOf(source).replace('.', '/') + ".java");
    try {
      return Files.readString(file).replaceAll("(?s:/[*].*?[*]/)|(?m:(//|^import ).*$)", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theRulesSeeTheSources() {
    assertThat(sources().map(Source::module).distinct())
        .containsExactlyInAnyOrderElementsOf(MODULES);
    assertThat(sources().filter(s -> imports(s, "org.jdbi"))).isNotEmpty();
  }

  private static boolean imports(Source source, String prefix) {
    return source.imports().stream().anyMatch(i -> i.equals(prefix) || i.startsWith(prefix + "."));
  }

  private static Stream<Source> sources() {
    return MODULES.stream().flatMap(m -> sources(m, "src/main/java"));
  }

  private static Stream<Source> sources(String module, String folder) {
    Path root = ROOT.resolve(module).resolve(folder);
    if (!Files.exists(root)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(root)) {
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
