/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands and files of docs/tls.md, one after the other as a reader types them. */
@Tag("slow")
class TlsDocumentTest {
  @TempDir Path folder;

  private static List<String> blocks(String page, String language) {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(page)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private void run(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-euc", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
  }

  @Test
  void readerOfThePageHasACaAServiceAndANode() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is missing");
    String page =
        Files.readString(Path.of(System.getProperty("cadastre.root", "..")).resolve("docs/tls.md"));
    List<String> commands = blocks(page, "sh");
    assertThat(commands).hasSize(4);
    run(String.join("\n", commands.subList(0, 3)));
    Path bootstrap = folder.resolve("bootstrap.token");
    assertThat(CommandLine.run("token", "bootstrap", bootstrap.toString()).status()).isZero();
    String yaml =
        blocks(page, "yaml")
                .get(0)
                .replace("/etc/cadastre/tls/", folder + "/")
                .replace("/etc/cadastre/", folder + "/")
                .replaceAll("port: [0-9]+", "port: 0")
            + """
            logging: {level: WARN}
            ledger: {url: "jdbc:h2:file:%s/ledger", user: sa, create: ifMissing}
            identity: {source: caller}
            pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
            """
                .formatted(folder);
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(
            CadastreApplication.class,
            Files.writeString(folder.resolve("cadastre.yml"), yaml).toString());
    service.before();
    try {
      String url = "https://localhost:" + service.getLocalPort();
      CommandLine pools =
          CommandLine.run(
              "pools",
              "--url",
              url,
              "--ca-file",
              file("ca.pem"),
              "--certificate-file",
              file("zoe.pem"),
              "--key-file",
              file("zoe.key"));
      assertThat(pools.status()).as(pools.err()).isZero();

      Path node = Files.createDirectories(folder.resolve("node/etc/cadastre"));
      for (String name : List.of("ca.pem", "n1.pem", "n1.key")) {
        Files.copy(folder.resolve(name), node.resolve(name));
      }
      String conf = blocks(page, "ini").get(0);
      Files.writeString(node.resolve("node.conf"), conf.replaceFirst("url = .*", "url = " + url));
      assertThat(sync()).contains("it has no rows");

      run(commands.get(3));
      Instant end = Instant.now().plus(Duration.ofSeconds(15));
      while (sync().contains("it has no rows")) {
        assertThat(Instant.now()).isBefore(end);
        Thread.sleep(200);
      }
    } finally {
      service.after();
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private String sync() {
    StringWriter err = new StringWriter();
    int unused =
        Main.run(
            new String[] {"sync", "--root", folder.resolve("node").toString()},
            new PrintWriter(new StringWriter()),
            new PrintWriter(err));
    return err.toString();
  }
}
