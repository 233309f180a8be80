/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin's commands against a running service: what they print, and what they exit with. */
class CommandsTest {
  @TempDir static Path dir;
  private static DropwizardTestSupport<CadastreConfiguration> service;

  @BeforeAll
  static void start() throws Exception {
    Path accounts = Path.of(System.getProperty("cadastre.root"), "config/demo-accounts.ldif");
    Path file = dir.resolve("cadastre.yml");
    Files.writeString(
        file,
        """
        server:
          applicationConnectors: [{type: http, port: 0}]
          adminConnectors: [{type: http, port: 0}]
          requestLog: {appenders: []}
        logging: {level: WARN, appenders: [{type: console, target: stderr}]}
        ledger: {url: "jdbc:h2:file:%s/ledger", user: sa}
        directory: {mode: embedded, embedded: {port: 0, accounts: %s}}
        pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
        """
            .formatted(dir, accounts));
    service = new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    service.before();
    assertThat(run("allocate", "ada", "zoe").status()).isZero();
  }

  @AfterAll
  static void stop() {
    service.after();
  }

  private static CommandLine run(String command, String... arguments) {
    return CommandLine.run(
        Stream.of(
                Stream.of(command.split(" ", -1)),
                Stream.of("--url", "http://127.0.0.1:" + service.getLocalPort()),
                Stream.of("--admin-url", "http://127.0.0.1:" + service.getAdminPort()),
                Stream.of(arguments))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private static CommandLine verify(String archive) throws IOException {
    return verify(archive.getBytes(StandardCharsets.UTF_8));
  }

  private static CommandLine verify(byte[] archive) throws IOException {
    Path file = Files.write(dir.resolve("archive"), archive);
    return CommandLine.run("events", "verify", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"frob", "who", "who five", "supersede ada", "allocate", "events frob"})
  void wrongCommandLineExitsWithUsage(String line) {
    assertThat(CommandLine.run(line.split(" ", -1)).status()).isEqualTo(64);
  }

  @Test
  void exportIsVerifiedAndATamperedOneRefused() throws IOException {
    String export = run("events export").out();

    assertThat(verify(export).status()).isZero();
    for (String tampered :
        new String[] {
          export.replace("\"ada\"", "\"adb\""),
          export.replaceFirst("(?m)^.*\n", ""),
          export.substring(0, export.length() - 9),
          export + "null\n",
          export + "\n",
          "",
          "{}",
          "{\"seq\":1,\"serial\":0}",
        }) {
      CommandLine ran = verify(tampered);
      assertThat(ran.status()).as(tampered).isEqualTo(65);
      assertThat(ran.err()).startsWith("cadastre: ").hasLineCount(1);
    }
  }

  @Test
  void whatIsNoTextIsRefusedInALine() throws IOException {
    CommandLine bytes = verify(new byte[] {(byte) 0xff, (byte) 0xfe});
    CommandLine folder = CommandLine.run("events", "verify", dir.toString());

    assertThat(bytes.status()).isEqualTo(65);
    assertThat(bytes.err()).contains("UTF-8").hasLineCount(1);
    assertThat(folder.status()).isEqualTo(66);
    assertThat(folder.err()).hasLineCount(1);
  }

  @Test
  void takenPortIsOneLine() throws IOException {
    String yaml =
        Files.readString(dir.resolve("cadastre.yml"))
            .replace("/ledger\"", "/other\"")
            .replaceFirst("port: 0", "port: " + service.getLocalPort());

    CommandLine ran =
        CommandLine.run("server", Files.writeString(dir.resolve("second.yml"), yaml).toString());

    assertThat(ran.status()).isEqualTo(69);
    assertThat(ran.err()).contains("127.0.0.1:" + service.getLocalPort()).doesNotContain("\tat ");
  }
}
