/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While service, command, hook and node run with a token, no process of the machine has it in its
 * arguments or its environment, which other users and reports of processes see. Ten seconds.
 */
@Tag("slow")
class SecretsInArgumentsTest {
  private static final String PROVISION =
      Path.of(System.getProperty("cadastre.root"), "config/hooks/curl/cadastre-provision")
          .toString();
  private static final TokenText TOKEN = TokenText.random(new SecureRandom());

  @TempDir Path folder;

  /**
   * Looks again and again, in a thread, what the processes of the machine show. It keeps a word for
   * what it saw and no text: an environment has secrets of others.
   */
  private static final class Watch implements AutoCloseable {
    private static final List<String> KNOWN =
        List.of("CadastreApplication server", "CadastreApplication pools", "Main sync", "curl -q");

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Watch() {
      new Thread(this::run, "watch").start();
    }

    private void run() {
      while (!closed) {
        try (DirectoryStream<Path> processes =
            Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
          for (Path process : processes) {
            look(process.resolve("cmdline"));
            look(process.resolve("environ"));
          }
          Thread.sleep(50);
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private void look(Path file) {
      try {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
        KNOWN.stream().filter(text::contains).forEach(seen::add);
        if (text.contains(TOKEN.text())) {
          seen.add("the token in " + file.getFileName());
        }
      } catch (IOException e) {
        // the process has ended, or is another user's
      }
    }

    void await(String what) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> seen.contains(what));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private void run(String... words) throws Exception {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.log").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void noProcessShowsTheToken() throws Exception {
    Path token = folder.resolve("the.token");
    SecretFile.create(token, TOKEN::text);
    Path root = folder.resolve("node");
    Files.createDirectories(root.resolve("etc/cadastre"));
    Files.createFile(root.resolve("etc/subuid"));
    Files.createFile(root.resolve("etc/subgid"));
    try (ServiceProcess service = new ServiceProcess(folder, "caller", "");
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          service.configuration(),
          Files.readString(service.configuration())
              .replace("access: open", "access: {bootstrapTokenFile: %s}".formatted(token)));
      service.startWith(TOKEN.text());
      Files.writeString(
          root.resolve("etc/cadastre/node.conf"),
          "url = %s\ntoken-file = /etc/cadastre/node.token\n".formatted(service.url()));
      SecretFile.create(root.resolve("etc/cadastre/node.token"), TOKEN::text);
      try (Watch watch = new Watch()) {
        List<String> command =
            new ArrayList<>(
                ServiceProcess.java(
                    "io.cadastre.service.CadastreApplication", ServiceProcess.SHORT_LIVED));
        command.addAll(List.of("pools", "--url", service.url(), "--token-file", token.toString()));
        run(command.toArray(String[]::new));
        assertThat(said()).contains("default");
        List<String> node =
            new ArrayList<>(
                ServiceProcess.java("io.cadastre.node.Main", ServiceProcess.SHORT_LIVED));
        node.addAll(List.of("sync", "--root", root.toString()));
        run(node.toArray(String[]::new));
        assertThat(said()).contains("the snapshot of serial 0 is refused"); // it has no rows yet
        // its curl waits for an answer that does not come
        String url = "http://127.0.0.1:" + silent.getLocalPort();
        until("curl -q", watch, PROVISION, "--url", url, "--token-file", token.toString(), "zoe");
        assertThat(watch.seen).containsExactlyInAnyOrderElementsOf(Watch.KNOWN);
        // and the watch finds a token that is there
        until("the token in cmdline", watch, "sh", "-c", "sleep 60; :", TOKEN.text());
      }
    }
    assertThat(Files.readString(folder.resolve("service.log"))).doesNotContain(TOKEN.text());
  }

  /** Runs it until the watch has seen this. */
  private static void until(String seen, Watch watch, String... words) throws Exception {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      watch.await(seen);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private String said() throws IOException {
    Path file = folder.resolve("said.log");
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
