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

  private record Source(String module, String inPackage, Set<String> imports) {}

  @ParameterizedTest
  @CsvSource({
    "org.jdbi, cadastre.service.ledger",
    "com.unboundid, cadastre.service.directory",
    "com.fasterxml.uuid, cadastre.service.registry",
    "org.flywaydb, cadastre.service.ledger",
    "io.swagger, cadastre.service.rest",
    "org.tomlj, cadastre.subid.storage",
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
          IMPORT.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
