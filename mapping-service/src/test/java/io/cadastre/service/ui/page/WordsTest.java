/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.Role;
import io.cadastre.service.event.AllocationRecord;
import io.cadastre.service.event.BlockedRange;
import io.cadastre.service.event.DismissedEntry;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.event.PoolRecord;
import io.cadastre.service.event.ReleasedRange;
import io.cadastre.service.event.TokenRecord;
import io.cadastre.service.idspace.IdUse;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.RecentLosses;
import io.cadastre.storage.fitness.StorageRule;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.ReservedRange.Claim;
import io.cadastre.subid.Severity;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word of the pages that a stranger may not know is explained. */
class WordsTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Path MAIN = ROOT.resolve("mapping-service/src/main");
  private static final String LEDGER = "io.cadastre.service.ledger.";

  /** The packages whose findings an audit, a comparison or an import shows. */
  private static final Set<String> FINDERS = Set.of("directory", "imports", "ledger", "registry");

  private static void assertExplained(String of, Stream<String> words) {
    assertThat(words.filter(word -> Words.find(of, word).isEmpty())).as(of).isEmpty();
  }

  private static Stream<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Set<String> found(String regex, Stream<Path> in) {
    Pattern pattern = Pattern.compile(regex);
    return in.flatMap(
            file ->
                pattern
                    .matcher(text(file))
                    .results()
                    .flatMap(
                        match ->
                            Stream.iterate(1, i -> i <= match.groupCount(), i -> i + 1)
                                .map(match::group)))
        .filter(word -> word != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void namesOfEnumsAreExplained() {
    assertExplained("state", Stream.of(AllocationState.values()).map(AllocationState::word));
    assertExplained("severity", Stream.of(Severity.values()).map(Severity::word));
    assertExplained("kind", Stream.of(EventKind.values()).map(EventKind::word));
    assertExplained("use", Stream.of(IdUse.values()).map(IdUse::word));
    assertExplained("claim", Stream.of(Claim.values()).map(MapPage::strength));
    assertExplained("role", Stream.of(Role.ADMIN, Role.AUDITOR).map(Role::word));
    assertExplained("storage", Stream.of(StorageRule.values()).map(StorageRule::word));
  }

  /** A rule is the first text of a finding, its severity the second. */
  @Test
  void rulesOfFindingsAreExplained() throws IOException {
    Set<String> rules =
        found(
            "\"([a-z]+(?:-[a-z]+)*)\"(?: : \"([a-z-]+)\")?,\\s*(?:[\\w.()\"]+ \\? )?Severity\\."
                + "|\\bRULE = \"([a-z-]+)\""
                + "|\\berror\\(\\s*\"([a-z]+(?:-[a-z]+)+)\","
                + "|\\bshared\\(\\w+, \\w+, \"([a-z-]+)\"",
            files(MAIN.resolve("java/io/cadastre/service"), ".java")
                .filter(file -> FINDERS.contains(file.getParent().getFileName().toString())));

    assertThat(rules)
        .hasSizeGreaterThan(60)
        .contains("overlap", "rename-refused", "account-uid-shared", "sssd-id-mapping");
    assertExplained("rule", rules.stream());
  }

  @Test
  void fieldsOfEventsAreExplained() throws ClassNotFoundException {
    Set<String> fields = new TreeSet<>();
    for (Class<?> state :
        Set.of(
            AllocationRecord.class,
            PoolRecord.class,
            TokenRecord.class,
            BlockedRange.class,
            DismissedEntry.class,
            ReleasedRange.class,
            ForgottenIds.class,
            RecentLosses.class,
            Class.forName(LEDGER + "Ledger$LedgerRecord"),
            Class.forName(LEDGER + "Settlement$SettleRecord"),
            Class.forName(LEDGER + "TokenRecords$BootstrapUse"),
            Class.forName("io.cadastre.service.registry.UnaskedLimit$Acceptance"))) {
      addFields("", state, fields);
    }

    assertThat(fields).contains("subuid.start", "freed.slots", "segments.first");
    assertExplained("field", fields.stream());
  }

  private static void addFields(String name, Type type, Set<String> fields) {
    if (type instanceof ParameterizedType several) {
      addFields(name, several.getActualTypeArguments()[0], fields);
    } else if (type instanceof Class<?> record
        && record.isRecord()
        && record.getName().startsWith("io.cadastre.")) {
      for (RecordComponent part : record.getRecordComponents()) {
        addFields(
            name.isEmpty() ? part.getName() : name + "." + part.getName(),
            part.getGenericType(),
            fields);
      }
    } else {
      fields.add(name);
    }
  }

  /** Of a template, a tooltip is a link: a title alone reaches neither keyboard nor touch. */
  @Test
  void wordsOfTemplatesAreExplained() throws IOException {
    assertThat(found("(<abbr)|\\s(title=\")", files(MAIN.resolve("jte"), ".jte")))
        .as("only term.jte has a title")
        .containsExactly("title=\"");
    assertThat(text(MAIN.resolve("jte/term.jte"))).contains("title=\"${found.meaning()}\"");
    for (String of : found("term\\(of = \"(\\w+)\"", files(MAIN.resolve("jte"), ".jte"))) {
      assertExplained(
          of,
          found(
              "term\\(of = \"%s\", word = \"([^\"]+)\"".formatted(of),
              files(MAIN.resolve("jte"), ".jte"))
              .stream());
    }
    assertExplained(
        "setting",
        found("effect\\(\\s*\"([^\"]+)\"", files(MAIN.resolve("java"), "StorageVerdict.java"))
            .stream());
    assertExplained(
        "fact",
        found(
            "fact\\(\\s*\"([A-Z][^\"]+)\"|String title = \"([^\"]+)\"",
            files(MAIN.resolve("java"), "OverviewFacts.java"))
            .stream());
  }

  @Test
  void explanationsAreSentencesAndUsed() throws IOException {
    assertThat(Words.all())
        .allSatisfy(
            word -> {
              assertThat(word.meaning()).hasSizeBetween(10, 160);
              assertThat(word.meaning().endsWith(".")).isEqualTo(!word.of().equals("kind"));
            });
    assertThat(Words.all().stream().filter(word -> word.of().equals("word")).map(Word::word))
        .as("words of templates, and subuid and subgid of the map")
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("subuid", "subgid"),
                    found(
                        "term\\(of = \"word\", word = \"([^\"]+)\"",
                        files(MAIN.resolve("jte"), ".jte"))
                        .stream())
                .toList());
    assertThat(Words.find("rule", "no-such-rule")).isEmpty();
    assertThat(Words.meaning("kind", "later")).isEqualTo("later");
  }
}
