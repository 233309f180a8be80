/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.CadastreApplication;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.file.SecretFile;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The demo: the service with config/demo.yml, its directory and its accounts, after the steps of
 * bin/demo. Ports are free ones, and the state is in a folder.
 */
final class DemoSite implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));

  /** The pages of the demo, each in the state that has most on it. */
  static final List<String> PAGES =
      List.of(
          "/ui/overview",
          "/ui/map",
          "/ui/map?pool=default",
          "/ui/map?pool=default&zoom=1&claim=17",
          "/ui/map?pool=default&zoom=2",
          "/ui/search",
          "/ui/search?q=grace",
          "/ui/search?q=nobody-of-that-name",
          "/ui/owners/hopper",
          "/ui/events",
          "/ui/events?kind=retire&from=2026-01-01",
          "/ui/audit",
          "/ui/storage-conf",
          "/ui/changes",
          "/ui/changes/supersede?owner=ada",
          "/ui/changes/retire?owner=ada",
          "/ui/progress");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final String admin = TokenText.random(new SecureRandom()).text();
  private final Path folder;
  private DropwizardTestSupport<CadastreConfiguration> service;
  private String beforeTheRename = "";

  private DemoSite(Path folder) throws Exception {
    this.folder = folder;
    SecretFile.create(folder.resolve("bootstrap.token"), () -> admin);
    service = start();
  }

  /** The demo at its end: a rename, a new account under the old name, and a retired owner. */
  static DemoSite afterItsSteps(Path folder) throws Exception {
    DemoSite site = new DemoSite(folder);
    for (String name : List.of("ada", "grace", "zoe")) {
      site.change("PUT", "/v1/owners/" + name, "");
    }
    site.beforeTheRename = Instant.now().toString();
    site.service.after();
    Path accounts = folder.resolve("directory.ldif");
    Files.writeString(
        accounts,
        Files.readString(accounts)
                .replace("dn: uid=grace,ou=people", "dn: uid=hopper,ou=people")
                .replace("\nuid: grace\n", "\nuid: hopper\n")
            + """

            dn: uid=grace,ou=people,dc=example,dc=org
            objectClass: account
            objectClass: posixAccount
            cn: Grace
            uid: grace
            uidNumber: 100004
            gidNumber: 100000
            homeDirectory: /home/grace2
            entryUUID: 5d0ce2a6-8d6b-4b39-9a3f-0d6f8f6e0a04
            """);
    site.service = site.start();
    site.change("POST", "/v1/admin/follow", "{}");
    site.change("PUT", "/v1/owners/grace", "");
    site.change("DELETE", "/v1/owners/zoe?reason=left%20the%20site", "");
    return site;
  }

  private DropwizardTestSupport<CadastreConfiguration> start() throws Exception {
    String demo =
        Files.readString(ROOT.resolve("config/demo.yml"))
            .replace("${CADASTRE_STATE:-./run}", folder.toString())
            .replace("${CADASTRE_ACCOUNTS:-./config", ROOT + "/config")
            .replace("demo-accounts.ldif}", "demo-accounts.ldif")
            .replaceAll("\\$\\{CADASTRE_\\w*PORT:-\\d+}", "0")
            .replace("level: INFO", "level: WARN");
    Path file = folder.resolve("cadastre.yml");
    Files.writeString(file, demo);
    DropwizardTestSupport<CadastreConfiguration> started =
        new DropwizardTestSupport<>(CadastreApplication.class, file.toString());
    started.before();
    return started;
  }

  /** What paths are behind. */
  String url() {
    return "http://127.0.0.1:" + service.getLocalPort();
  }

  /** The token of an admin. */
  String admin() {
    return admin;
  }

  /** Makes a token. */
  String token(String name, String role) throws IOException, InterruptedException {
    String made =
        change(
            "POST", "/v1/admin/tokens", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
    return JSON.readTree(made).path("secret").asText();
  }

  /** Makes a token that ends at a moment. */
  String tokenUntil(String name, String role, Instant end)
      throws IOException, InterruptedException {
    String body = "{\"name\":\"%s\",\"role\":\"%s\",\"expires\":\"%s\"}";
    return JSON.readTree(change("POST", "/v1/admin/tokens", body.formatted(name, role, end)))
        .path("secret")
        .asText();
  }

  /** A moment at which hopper was grace. */
  String beforeTheRename() {
    return beforeTheRename;
  }

  /** An owner, as REST has it. */
  String owner(String name) throws IOException, InterruptedException {
    return change("GET", "/v1/owners/" + name, "");
  }

  /** The number of the newest event. */
  long events() throws IOException, InterruptedException {
    return get("/v1/owners/hopper", "Authorization", "Bearer " + admin)
        .headers()
        .firstValueAsLong("Cadastre-Event")
        .orElseThrow();
  }

  /** Makes a change through REST, as soon as the service makes changes. */
  String change(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Authorization", "Bearer " + admin)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> answer =
        await()
            .atMost(Duration.ofMinutes(1))
            .until(
                () -> http.send(request.build(), BodyHandlers.ofString()),
                each -> each.statusCode() != 503);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("%s %s: %s".formatted(method, path, answer.body()));
    }
    return answer.body();
  }

  /** Sends a request without a token, as a browser with these headers. */
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    service.after();
  }
}
