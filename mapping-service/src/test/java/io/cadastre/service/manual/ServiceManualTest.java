/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.service.CadastreApplication;
import io.cadastre.service.cli.CommandList;
import io.cadastre.subid.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages and the completion of {@code cadastre} that the build writes. */
class ServiceManualTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    ServiceManual.write(folder);
  }

  @Test
  void everyCommandAndSubcommandHasAPage() {
    assertThat(folder.resolve("man1/cadastre.1")).exists();
    CommandList.all(new CadastreApplication())
        .forEach(
            command ->
                assertThat(folder.resolve("man1/cadastre-" + command.getName() + ".1")).exists());
    assertThat(folder.resolve("man1/cadastre-events-replay.1")).exists();
    assertThat(folder.resolve("man1/cadastre-ledger-compact.1")).exists();
  }

  @Test
  void pagesHaveSynopsisOptionsAndEveryExitStatus() throws IOException {
    String rebind = Files.readString(folder.resolve("man1/cadastre-rebind.1"));

    assertThat(rebind)
        .contains(
            "cadastre\\-rebind \\- tie owners to their accounts' new stable IDs",
            ".B \"cadastre rebind\"\n[\\-h]",
            """
            \\fB\\-\\-stable\\-id STABLEID\\fR
            of the account now; only with identity.source: caller
            """);
    for (ExitCode exit : ExitCode.values()) {
      assertThat(rebind).contains("\\fB%d\\fR\n".formatted(exit.code()));
    }
    assertThat(Files.readString(folder.resolve("man1/cadastre-events.1")))
        .contains(
            "\\fBreplay\\fR\nmake a ledger from an export. See cadastre\\-events\\-replay(1).");
  }

  @Test
  void pagesAreWellFormed() throws Exception {
    boolean mandoc = Files.isExecutable(Path.of("/usr/bin/mandoc"));
    try (Stream<Path> pages = Files.list(folder.resolve("man1"))) {
      for (Path page : pages.toList()) {
        assertThat(Files.readAllLines(page))
            .allSatisfy(line -> assertThat(line).matches("\\.(TH|SH|TP|PP|B|\\\\\").*|[^.'].*"));
        if (mandoc) {
          assertThat(run("mandoc", "-Tlint", "-Werror", page.toString())).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "re, retire rebind reconcile rebuild-from-directory",
    "events re, replay",
    "events replay --d, --dry-run",
    "audit --, --help --url --token-file --ca-file --certificate-file --key-file --failures-only"
        + " --json",
    "ledger '', compact",
  })
  void completionOffersCommandsSubcommandsAndOptions(String typed, String offered)
      throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is missing");
    List<String> words = List.of(("cadastre " + typed.replace("''", "")).split(" ", -1));
    String script =
        "source %s; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _cadastre; echo \"${COMPREPLY[*]}\""
            .formatted(folder.resolve("bash-completion/cadastre"));

    String[] command =
        Stream.concat(Stream.of("bash", "-euc", script, "bash"), words.stream())
            .toArray(String[]::new);

    assertThat(run(command).strip().split(" ")).containsExactlyInAnyOrder(offered.split(" "));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
