/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows every link of the demo's pages: each answer has the policy that forbids content of other
 * hosts, and no page names another host, runs a script of its own or sets a style in itself.
 */
@Tag("slow")
class LinksOfPagesTest {
  /** The squares of a map lead to maps: so many pages are of every kind. */
  private static final int MOST = 250;

  private static final Pattern LINK =
      Pattern.compile("(?:href|src|action|srcset|poster|data|formaction)=\"([^\"]*)\"");

  /** A word leads to its explanation on the same page. */
  private static final Pattern FRAGMENT = Pattern.compile("href=\"#([^\"]*)\"");

  private static final Pattern INLINE =
      Pattern.compile("(?i)<style|\\sstyle=|\\son\\w+=|javascript:|<script(?![^>]*\\ssrc=)|hx-on");
  private static final Pattern OTHER_HOST = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://|\"//");

  @TempDir static Path folder;
  private static DemoSite site;

  @BeforeAll
  static void start() throws Exception {
    site = DemoSite.afterItsSteps(folder);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static void assertIsOurs(HttpResponse<String> answer) {
    String about = answer.request().uri() + ": " + answer.statusCode();
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .as(about)
        .singleElement()
        .asString()
        .startsWith("default-src 'self'; frame-ancestors 'none'")
        .doesNotContain("unsafe", "http", "*", "data:");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).as(about).hasValue("nosniff");
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith("text/html")) {
      assertThat(INLINE.matcher(answer.body()).results().map(each -> each.group()))
          .as(about)
          .isEmpty();
      assertThat(OTHER_HOST.matcher(answer.body()).results().map(each -> each.group()))
          .as(about)
          .isEmpty();
    }
    if (type.startsWith("text/css")) {
      assertThat(answer.body()).as(about).doesNotContain("://", "@import", "url(");
    }
  }

  /** A session of an admin: its cookie. */
  private static String session() throws Exception {
    HttpResponse<String> form = site.get("/ui/sign-in");
    Matcher token = Pattern.compile("name=\"formToken\" value=\"([^\"]*)\"").matcher(form.body());
    String fields =
        "to=/ui/overview&token="
            + site.admin()
            + (token.find() ? "&formToken=" + encoded(token.group(1)) : "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.url() + "/ui/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", site.url())
            .POST(BodyPublishers.ofString(fields));
    form.headers()
        .firstValue("Set-Cookie")
        .ifPresent(cookie -> request.header("Cookie", cookie.replaceAll(";.*", "")));
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertIsOurs(answer);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void everyLinkLeadsToAPageOfOurs() throws Exception {
    String session = session();
    Deque<String> next = new ArrayDeque<>(DemoSite.PAGES);
    Set<String> seen = new HashSet<>(next);
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < MOST && !next.isEmpty(); i++) {
      String path = next.poll();
      HttpResponse<String> answer = site.get(path, "Cookie", session);

      assertIsOurs(answer);
      assertThat(answer.statusCode()).as(path).isIn(200, 302, 303);
      kinds.add(path.replaceAll("[?/](?=[^/]*$).*", ""));
      if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
        continue;
      }
      assertThat(FRAGMENT.matcher(answer.body()).results().map(each -> each.group(1)))
          .as(path)
          .allMatch(id -> answer.body().contains(" id=\"%s\"".formatted(id)));
      Matcher link = LINK.matcher(answer.body());
      while (link.find()) {
        URI to = answer.request().uri().resolve(link.group(1).replace("&amp;", "&"));
        assertThat(to.toString()).startsWith(site.url() + "/ui/");
        String found = to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
        // forms of changes are sent, and the session is to go on
        if (!link.group().startsWith("action") && !found.contains("sign-") && seen.add(found)) {
          next.add(found);
        }
      }
    }
    assertThat(kinds).contains("/ui", "/ui/static");
  }

  @Test
  void refusalsHaveThePolicyToo() throws Exception {
    String session = session();
    for (String path :
        List.of(
            "/",
            "/ui",
            "/ui/",
            "/ui/nothing",
            "/ui/%2e%2e/v1/pools",
            "/ui/a;b",
            "/ui/map?pool=none",
            "/ui/map?zoom=x",
            "/ui/map?pool=%3Cscript%3Ealert(1)%3C/script%3E",
            "/ui/map?unknown=1",
            "/ui/static/nothing.js",
            "/ui/sign-in?to=//example.org/",
            "/ui/sign-in?to=https://example.org/",
            "/ui/sign-in?to=%5Cexample.org")) {
      assertIsOurs(site.get(path));
      assertIsOurs(site.get(path, "Cookie", session));
      assertIsOurs(site.get(path, "Cookie", session, "Accept", "application/json"));
    }
  }
}
