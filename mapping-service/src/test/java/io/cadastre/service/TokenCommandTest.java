/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.TokenText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of tokens, and what they leave behind. Four seconds. */
@Tag("slow")
class TokenCommandTest {
  private static final List<String> SECRETS = new ArrayList<>();
  private static final List<String> PRINTED = new ArrayList<>();

  @TempDir static Path dir;
  private static CallerService service;

  @BeforeAll
  static void start() throws Exception {
    service =
        CallerService.start(
            dir,
            """
            server:
              applicationConnectors: [{type: http, port: 0}]
              adminConnectors: [{type: http, port: 0}]
              requestLog: {appenders: [{type: file, currentLogFilename: %1$s/request.log, archive: false}]}
            """,
            """
            logging: {level: INFO, appenders: [{type: file, currentLogFilename: %1$s/service.log, archive: false}]}
            """);
    SECRETS.add(secretOf(service.token()));
  }

  /**
   * No secret of this run is in a log line, in the ledger or in what a command printed for people.
   */
  @AfterAll
  static void stopAndLookForSecrets() throws IOException {
    service.close();
    String logs =
        Files.readString(dir.resolve("service.log")) + Files.readString(dir.resolve("request.log"));
    assertThat(logs)
        .contains(
            "make-token hook",
            "refused (unauthenticated)",
            "refused (out-of-scope): login1 is",
            "/v1/admin/tokens");
    byte[] ledger = Files.readAllBytes(dir.resolve("ledger.mv.db"));
    String stored = new String(ledger, StandardCharsets.ISO_8859_1);
    assertThat(SECRETS).hasSizeGreaterThan(3);
    for (String secret : SECRETS) {
      assertThat(logs).doesNotContain(secret);
      assertThat(stored).doesNotContain(secret);
      assertThat(String.join("\n", PRINTED)).doesNotContain(secret);
    }
  }

  private static String secretOf(String token) {
    assertThat(TokenText.parse(token)).as("a token").isPresent();
    return token.substring(token.length() - 43);
  }

  private static CommandLine admin(String command, String... arguments) {
    return as(service.bootstrap(), command, arguments);
  }

  private static CommandLine as(Path tokenFile, String command, String... arguments) {
    CommandLine line = service.as(tokenFile, command, arguments);
    PRINTED.add(line.err());
    return line;
  }

  private static Path fileOf(String name, String text, String mode) throws IOException {
    Path file = Files.writeString(dir.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @Test
  void aTokenIsMadeIntoAFileAndUsed() throws IOException {
    Path file = dir.resolve("auditor.token");
    CommandLine made =
        admin("token make", "watch", "--role", "auditor", "--output", file.toString());

    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.out()).isEmpty();
    assertThat(made.err()).contains("watch (", "auditor, active");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    SECRETS.add(secretOf(Files.readString(file).strip()));
    assertThat(as(file, "pools").status()).isZero();
    CommandLine refused = as(file, "reconcile", "--repair");
    assertThat(refused.status()).isEqualTo(65);
    assertThat(refused.err()).contains("watch has the role auditor");

    CommandLine again =
        admin("token make", "other", "--role", "auditor", "--output", file.toString());
    assertThat(again.status()).isEqualTo(73);
    assertThat(admin("token list").out()).contains("watch (").doesNotContain("other (");
  }

  @Test
  void aTokenIsTheOnlyLineOfStandardOutput() {
    CommandLine made =
        admin(
            "token make",
            "nodes-a",
            "--role",
            "node",
            "--nodes",
            "a*.example.org",
            "--expires",
            "90d");

    assertThat(made.out().lines()).hasSize(1);
    SECRETS.add(secretOf(made.out().strip()));
    assertThat(made.err()).contains("nodes-a (", "nodes a*.example.org");
    CommandLine trial = admin("token make", "nodes-b", "--role", "node", "--dry-run");
    assertThat(trial.out()).isEmpty();
    assertThat(trial.err()).contains("would be made: nodes-b (");
    assertThat(admin("token list").out())
        .contains("nodes-a (")
        .doesNotContain("nodes-b")
        .doesNotContain(secretOf(made.out().strip()));
  }

  /** The hook that the repository ships, over the real service. */
  @Test
  void theHookAndTheCommandsExitWith65OutsideOfTheBounds() throws Exception {
    Path file = dir.resolve("login1.token");
    assertThat(
            admin(
                    "token make",
                    "login1",
                    "--role",
                    "provisioner",
                    "--uids",
                    "47000-47999",
                    "--output",
                    file.toString())
                .status())
        .isZero();
    SECRETS.add(secretOf(Files.readString(file).strip()));
    provision(
        service.bootstrap(), 0, "--uid", "1001", "--gid", "100", "--stable-id", "v", "victim");
    provision(file, 0, "--uid", "47001", "--gid", "100", "--stable-id", "z", "zoe");

    assertThat(provision(file, 65, "--uid", "1002", "--gid", "100", "--stable-id", "y", "yan"))
        .contains(
            "this token is not for that account (out-of-scope)",
            "login1 is bound to uids 47000-47999",
            "the uid 1002");
    assertThat(provision(file, 65, "--retire", "victim")).contains("victim has the uid 1001");
    assertThat(provision(file, 65, "--uid", "47001", "--gid", "9", "--stable-id", "e", "eve"))
        .contains("belongs to another owner", "takes an admin");
    CommandLine retire = as(file, "retire", "victim", "--reason", "x");
    assertThat(retire.status()).isEqualTo(65);
    assertThat(retire.err()).contains("login1 is bound to uids 47000-47999");

    assertThat(admin("retire", "zoe", "--reason", "left").status()).isZero();
    String refused =
        provision(
            file, 65, "--reinstate", "--uid", "47001", "--gid", "100", "--stable-id", "z", "zoe");
    assertThat(refused).contains("was retired at", "by the role admin");
    // the remedy runs as printed, with an admin's token
    String remedy = refused.substring(refused.indexOf("cadastre-provision --reinstate")).strip();
    provision(
        service.bootstrap(), 0, remedy.replaceFirst("^cadastre-provision ", "").split(" ", -1));
    CommandLine unbound = admin("token make", "loose", "--role", "provisioner");
    assertThat(unbound.status()).isEqualTo(65);
    assertThat(unbound.err()).contains("cadastre token make loose --role provisioner --uids");
  }

  /** Runs the curl hook; returns what it printed. */
  private static String provision(Path tokenFile, int status, String... arguments)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "bash",
                System.getProperty("cadastre.root") + "/config/hooks/curl/cadastre-provision",
                "--url",
                "http://127.0.0.1:" + service.port(),
                "--token-file",
                tokenFile.toString(),
                "--attempts",
                "1"));
    words.addAll(List.of(arguments));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    PRINTED.add(printed);
    assertThat(process.waitFor()).as(printed).isEqualTo(status);
    return printed;
  }

  @Test
  void aTokenIsSuspendedConfirmedAndRevoked() throws IOException {
    String token =
        admin("token make", "hook", "--role", "provisioner", "--uids", "1000-59999").out().strip();
    SECRETS.add(secretOf(token));
    Path file = fileOf("hook.token", token + "\n", "rw-------");

    assertThat(admin("token suspend", "hook", "--reason", "lost").status()).isZero();
    CommandLine suspended = as(file, "pools");
    assertThat(suspended.status()).isEqualTo(75);
    assertThat(suspended.err()).contains("cadastre token confirm hook");
    assertThat(admin("token confirm", "--all").out()).contains("hook (");
    assertThat(as(file, "pools").status()).isZero();
    CommandLine revoked = admin("token revoke", "hook", "--reason", "found by another");
    assertThat(revoked.out()).contains("provisioner, revoked");
    assertThat(as(file, "pools").status()).isEqualTo(75);
    assertThat(admin("token revoke", "hook", "--reason", "again").status()).isEqualTo(65);
    assertThat(admin("token confirm").status()).isEqualTo(64);
  }

  @Test
  void aTokenFileIsForItsOwnerOnly() throws IOException {
    String token = Files.readString(service.bootstrap());
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      CommandLine open = as(fileOf("open.token", token, mode), "pools");
      assertThat(open.status()).isEqualTo(78);
      assertThat(open.err()).contains("open.token has the mode", "chmod 600");
    }
    assertThat(as(fileOf("two.token", token + token, "rw-------"), "pools").status()).isEqualTo(78);
    assertThat(as(fileOf("odd.token", "a token\n", "rw-------"), "pools").status()).isEqualTo(78);
    assertThat(as(dir.resolve("none.token"), "pools").status()).isEqualTo(66);
    assertThat(CommandLine.at(service.port(), "pools").status()).isEqualTo(75);
  }

  @Test
  void aTokenIsNotSentInClearTextToAnotherHost() {
    for (String url :
        List.of(
            "http://registry.example.org", "http://localhost:x@example.org", "ftp://127.0.0.1")) {
      CommandLine sent =
          CommandLine.run("pools", "--url", url, "--token-file", service.bootstrap().toString());
      assertThat(sent.status()).as(url).isEqualTo(64);
      assertThat(sent.err()).contains("is not sent");
    }
  }

  @Test
  void aBootstrapFileIsNeverOverwritten() throws IOException {
    String before = Files.readString(service.bootstrap());
    CommandLine again = CommandLine.run("token", "bootstrap", service.bootstrap().toString());
    assertThat(again.status()).isEqualTo(73);
    assertThat(Files.readString(service.bootstrap())).isEqualTo(before);
    assertThat(CommandLine.run("token", "bootstrap", dir + "/none/file").status()).isEqualTo(73);
  }

  @Test
  void aStartNamesWhatIsWrongWithTheBootstrapFile() throws IOException {
    Path file = fileOf("wrong.token", "x\n", "rw-------");
    Path yaml = dir.resolve("wrong.yml");
    Files.writeString(
        yaml,
        Files.readString(dir.resolve("cadastre.yml"))
            .replace("bootstrap.token", "wrong.token")
            .replace("/ledger", "/never-made"));
    assertStartRefused(yaml, "wrong.token holds no token", "cadastre token bootstrap " + file);
    Files.writeString(file, Files.readString(service.bootstrap()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertStartRefused(yaml, "has the mode 644", "chmod 600");
    Files.delete(file);
    assertStartRefused(yaml, "is missing", "cadastre token bootstrap " + file);
    assertThat(dir.resolve("never-made.mv.db")).doesNotExist();
  }

  private static void assertStartRefused(Path yaml, String... parts) {
    CommandLine start = CommandLine.run("server", yaml.toString());
    assertThat(start.status()).isEqualTo(78);
    assertThat(start.err()).contains("access.bootstrapTokenFile: ").contains(parts);
  }
}
