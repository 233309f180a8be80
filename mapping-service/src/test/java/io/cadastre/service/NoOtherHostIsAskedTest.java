/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.directory.Slapd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service speaks only to servers that the configuration names: not to a vendor, and not to the
 * DNS when every server is given by its address. strace sees each attempt, whatever becomes of it.
 */
@Tag("slow")
class NoOtherHostIsAskedTest {
  /** glibc asks it for passwd(5), of which the JVM wants the user's home. */
  private static final Set<String> NAME_SERVICE_CACHE = Set.of("\"/var/run/nscd/socket\"");

  private static final String ZOE =
      """
      dn: uid=zoe,%s
      objectClass: account
      objectClass: posixAccount
      uid: zoe
      cn: Zoe
      uidNumber: 10000
      gidNumber: 10000
      homeDirectory: /home/zoe
      """
          .formatted(Slapd.PEOPLE);

  @TempDir Path folder;

  @Test
  void serviceSpeaksToItsDirectoryAndTheCommandsAndTheNodeToTheService() throws Exception {
    TracedCalls ofService = new TracedCalls(folder.resolve("service.calls"));
    TracedCalls ofAudit = new TracedCalls(folder.resolve("audit.calls"));
    TracedCalls ofNode = new TracedCalls(folder.resolve("node.calls"));
    String directory;
    String registry;
    try (Slapd slapd = Slapd.start();
        ServiceProcess service = new ServiceProcess(folder, slapd.yaml())) {
      directory = URI.create(slapd.url()).getAuthority();
      registry = URI.create(service.url()).getAuthority();
      slapd.load(ZOE);
      service.start(ofService.words());
      assertThat(service.send("PUT", "/v1/owners/zoe", "application/json", ""))
          .contains("\"directory\":\"published\"");
      assertThat(answerToANamelessRequest(URI.create(service.url()).getPort())).contains("\"zoe\"");
      run(ofAudit, "io.cadastre.service.CadastreApplication", "audit", "--url", service.url());
      Files.createDirectories(folder.resolve("node/etc"));
      run(
          ofNode,
          "io.cadastre.node.Main",
          "sync",
          "--root",
          folder.resolve("node").toString(),
          "--url",
          service.url());
    }

    assertThat(folder.resolve("node/etc/subuid")).content().contains("zoe:");
    assertOnly(ofService, directory);
    assertOnly(ofAudit, registry);
    assertOnly(ofNode, registry);
  }

  private static void assertOnly(TracedCalls calls, String server) throws IOException {
    Set<String> addresses = calls.addresses();
    addresses.removeAll(NAME_SERVICE_CACHE);
    assertThat(addresses).as(calls.file().toString()).containsExactly(server);
  }

  /** HTTP/1.0 without a Host: what answers it may want to know its own name. */
  private static String answerToANamelessRequest(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET /v1/owners/zoe HTTP/1.0\r\n\r\n".getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(TracedCalls calls, String mainClass, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(calls.words());
    command.addAll(ServiceProcess.java(mainClass));
    command.addAll(List.of(arguments));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
  }
}
