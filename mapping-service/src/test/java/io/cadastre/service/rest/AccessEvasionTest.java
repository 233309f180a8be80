/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.access.AccessTable.Row;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.attack.WireAnswer;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.ui.PageRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways round the table: a path or a method that the filter reads in one way and Jersey, or a
 * servlet of the admin connector, in another. Sent as bytes, since a client would mend them. Ten
 * seconds.
 */
@Tag("slow")
class AccessEvasionTest {
  /** An empty segment at the end is none. */
  private static final Set<String> LISTS = Set.of("/v1/pools/", "/v1/nodes/");

  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());

  /** A segment that leads elsewhere if somebody decodes, splits or resolves it twice. */
  private static final List<String> SEGMENTS =
      List.of(
          "..",
          ".",
          "%2e%2e",
          "..;",
          "..;x",
          ".;",
          "%2e",
          "a%2f..%2f..%2fevents",
          "..%2fevents",
          "..%5cevents",
          "%2e%2e%2fadmin%2ftokens",
          "x;/../../events",
          "%62atch",
          "batch;x",
          "batch%00",
          "x%3b",
          "%252e%252e",
          "");

  private static final List<String> METHODS =
      List.of(
          "HEAD",
          "OPTIONS",
          "TRACE",
          "PATCH",
          "CONNECT",
          "get",
          "Get",
          "PROPFIND",
          "X",
          "POST",
          "PUT",
          "DELETE",
          "GET");

  @TempDir static Path dir;
  private static Service service;
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service = Service.closed(dir, "{bootstrapTokenFile: %s}".formatted(file));
    for (Role role : Role.values()) {
      TOKENS.put(
          role,
          service
              .as(
                  BOOTSTRAP.text(),
                  "POST",
                  "/v1/admin/tokens",
                  "{\"name\":\"the-%s\",\"role\":\"%1$s\"%s}"
                      .formatted(
                          role.word(),
                          role == Role.PROVISIONER ? ",\"uids\":\"0-4294967294\"" : ""))
              .json()
              .path("secret")
              .asText());
    }
    service.awaitUseOfFirstToken(BOOTSTRAP.text());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static int status(int port, String method, String target, Optional<Role> role) {
    String text =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n%s\r\n{}"
            .formatted(
                method,
                target,
                role.map(who -> "Authorization: Bearer " + TOKENS.get(who) + "\r\n").orElse(""));
    return WireAnswer.to(port, text.getBytes(StandardCharsets.UTF_8))
        .map(WireAnswer::status)
        .orElse(400);
  }

  /** The same path for a reader who undoes more, or less, than another. */
  private static Set<String> forms(String path) {
    Set<String> forms = new LinkedHashSet<>();
    int last = path.lastIndexOf('/');
    String end = path.substring(last + 1);
    String first = path.substring(0, last + 1);
    if (!end.isEmpty()) {
      forms.add(first + "%%%02x%s".formatted((int) end.charAt(0), end.substring(1)));
      forms.add(first + end.toUpperCase(Locale.ROOT));
    }
    forms.add(path + "/");
    forms.add(path + "//");
    forms.add(path + ";x=1");
    forms.add(path + "/;x=1");
    forms.add(path + "/.");
    forms.add(path + "/x/..");
    forms.add(path + "%2f");
    forms.add(path + "%00");
    forms.add(path + "%20");
    forms.add(path + "?");
    forms.add(path + "#");
    forms.add("/" + path);
    forms.add(first + "/" + end);
    forms.add(first + "./" + end);
    forms.add(first + "x/../" + end);
    forms.add(first + "%2e/" + end);
    forms.add(path.replaceFirst("/", "/;a=b/"));
    forms.add(path.replace("/v1/", "/v1;x/"));
    forms.add(path.replace("/v1/", "/v1%2f"));
    forms.add(path.replace("/v1/", "\\v1\\"));
    forms.add("/v1/snapshot/.." + path.replaceFirst("^/v1", ""));
    forms.add("/v1/snapshot/..;" + path.replaceFirst("^/v1", ""));
    forms.add("http://localhost" + path);
    forms.add("http://localhost/v1/snapshot/../.." + path);
    forms.add("*");
    return forms;
  }

  private static void cannotBeReached(int port, AccessTable table) {
    for (Row row : table.rows()) {
      if (row.everyone()) {
        continue;
      }
      String path = row.template().replaceAll("\\{[a-z]+}", "42");
      for (String form : forms(path)) {
        for (Role role : Role.values()) {
          if (!row.roles().contains(role)) {
            assertThat(status(port, row.method(), form, Optional.of(role)))
                .as("%s %s as %s", row.method(), form, role)
                .isIn(400, 403, 404, 405);
          }
        }
      }
    }
  }

  @Test
  void noOtherFormOfAPathIsServedToARoleThatMayNot() {
    long before = events();
    cannotBeReached(service.port(), AccessRules.APPLICATION);
    cannotBeReached(service.adminPort(), AccessRules.ADMIN);
    assertThat(events()).isEqualTo(before);
  }

  /** An auditor's session opens no page of admins, however its path is written. */
  @Test
  void noOtherFormOfAPathIsAPageForAnAuditor() {
    FormBrowser auditor = FormBrowser.of(service, TOKENS.get(Role.AUDITOR));
    String cookie = auditor.cookieField().orElseThrow();
    assertThat(pageStatus("GET", "/ui/overview", cookie)).isEqualTo(200);
    for (Row row : PageRules.TABLE.rows()) {
      if (!row.roles().contains(Role.AUDITOR)) {
        for (String form : forms(row.template().replaceAll("\\{[a-z]+}", "retire"))) {
          for (String path : List.of(form, form.replace("/ui/", "/u%69/"))) {
            assertThat(pageStatus(row.method(), path, cookie))
                .as("%s %s", row.method(), path)
                .isIn(400, 401, 403, 404, 405, 415);
          }
        }
      }
    }
  }

  private static int pageStatus(String method, String target, String cookie) {
    String text =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nCookie: %s\r\n\r\n"
            .formatted(method, target, cookie);
    return WireAnswer.to(service.port(), text.getBytes(StandardCharsets.UTF_8))
        .map(WireAnswer::status)
        .orElse(400);
  }

  private static long events() {
    return service
        .as(TOKENS.get(Role.ADMIN), "GET", "/v1/events?limit=1000", "")
        .json()
        .path("events")
        .size();
  }

  /** What a variable of a path matches in the table, Jersey does not read as another path. */
  @Test
  void aVariableLeadsNowhereElse() {
    for (Row row : AccessRules.APPLICATION.rows()) {
      for (Role role : row.roles()) {
        if (role == Role.ADMIN || !row.template().contains("{")) {
          continue;
        }
        for (String segment : SEGMENTS) {
          String target =
              row.template().replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(segment));
          if (!LISTS.contains(target)) {
            assertThat(status(service.port(), row.method(), target, Optional.of(role)))
                .as("%s %s as %s", row.method(), target, role)
                .isBetween(400, 499);
          }
        }
      }
    }
  }

  /** Without a credential no method gets more than 401; what Jetty itself refuses is no answer. */
  @Test
  void noMethodPassesWithoutACredential() {
    for (String method : METHODS) {
      for (String path : List.of("/v1/snapshot", "/v1/admin/tokens", "/v1/owners/zoe", "/v1")) {
        assertThat(status(service.port(), method, path, Optional.empty()))
            .as(method + " " + path)
            .isIn(400, 401, 405, 501);
      }
      // "/" leads to the pages, and these to the sign-in.
      for (String path : List.of("/", "/ui/overview", "/ui/changes/retire")) {
        assertThat(status(service.port(), method, path, Optional.empty()))
            .as(method + " " + path)
            .isIn(303, 400, 401, 403, 404, 405, 501);
      }
      for (String path :
          List.of("/healthcheck", "/metrics", "/threads", "/pprof", "/tasks/gc", "/")) {
        assertThat(status(service.adminPort(), method, path, Optional.empty()))
            .as(method + " " + path)
            .isIn(400, 401, 405, 501);
      }
    }
  }
}
