/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in to the pages, and the life of a session, over a real service. */
@Tag("slow")
class PageSignInTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir static Path dir;
  private static Service service;

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service =
        Service.closed(
            dir, "{bootstrapTokenFile: %s, trustedProxies: [127.0.0.1]}".formatted(file));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private record Made(String name, String secret) {}

  private static Made make(String role, String more) {
    String name = role + NUMBER.incrementAndGet();
    Answer made =
        service.as(
            BOOTSTRAP.text(),
            "POST",
            "/v1/admin/tokens",
            "{\"name\":\"%s\",\"role\":\"%s\"%s}".formatted(name, role, more));
    assertThat(made.status()).as(made.toString()).isEqualTo(200);
    return new Made(name, made.json().path("secret").asText());
  }

  @Test
  void withoutASessionAPageLeadsToTheSignInAndBack() {
    FormBrowser browser = new FormBrowser(service);
    Answer sent = browser.get("/ui/events?kind=retire&owner=zo%C3%A9");
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.header("Location"))
        .endsWith("/ui/sign-in?to=%2Fui%2Fevents%3Fkind%3Dretire%26owner%3Dzo%25C3%25A9");
    Answer form = browser.get(path(sent));
    assertThat(form.text()).contains("value=\"/ui/events?kind=retire&amp;owner=zo%C3%A9\"");

    Answer in =
        browser.submit(
            "/ui/sign-in",
            "token",
            make("auditor", "").secret(),
            "to",
            "/ui/events?kind=retire&owner=zo%C3%A9");

    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("Location")).endsWith("/ui/events?kind=retire&owner=zo%C3%A9");
    assertThat(in.header("Set-Cookie"))
        .startsWith("cadastre_session=")
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
        .doesNotContain("Max-Age", "Expires", "Domain");
    assertThat(browser.get("/ui/overview").status()).isEqualTo(200);
  }

  private static String path(Answer redirect) {
    return redirect.header("Location");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//example.org/",
        "https://example.org/",
        "/ui/..//example.org",
        "/v1/snapshot",
        "/ui/\\example.org",
        "/ui/a\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "/ui/search?q=100%",
        "/ui/owners/[x]"
      })
  void aSignInLeadsNowhereElse(String to) {
    FormBrowser browser = new FormBrowser(service);
    browser.get("/ui/sign-in");
    Answer in = browser.submit("/ui/sign-in", "token", BOOTSTRAP.text(), "to", to);
    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("Location")).startsWith("/ui/");
    assertThat(in.header("Set-Cookie")).doesNotContain("x=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "cadastre_ABCDEFGHIJ_", "Bearer x"})
  void anUnknownTokenIsRefusedWithTheReason(String token) {
    FormBrowser browser = new FormBrowser(service);
    Answer refused = browser.signIn(token);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text()).contains("Refused: the t");
    assertThat(refused.header("Set-Cookie")).isEmpty();
    assertThat(browser.get("/ui/overview").status()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "provisioner"})
  void otherRolesDoNotSignIn(String role) {
    Made token = make(role, role.equals("node") ? "" : ",\"uids\":\"1000-1999\"");
    Answer refused = new FormBrowser(service).signIn(token.secret());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text())
        .contains(
            "has the role %s; the pages take a token of the role auditor or admin".formatted(role));
    assertThat(refused.text()).doesNotContain(token.secret());
  }

  @Test
  void afterASignOutTheCookieIsWorthNothing() {
    FormBrowser browser = FormBrowser.of(service, make("auditor", "").secret());
    String cookie = browser.cookieField().orElseThrow();
    browser.get("/ui/overview");

    Answer out = browser.submit("/ui/sign-out");

    assertThat(out.status()).isEqualTo(303);
    assertThat(browser.get(path(out)).text()).contains("You are signed out.");
    assertThat(service.get("/ui/overview", "Cookie", cookie).status()).isEqualTo(303);
  }

  @Test
  void aRevokedTokenEndsItsSessions() {
    Made token = make("auditor", "");
    FormBrowser browser = FormBrowser.of(service, token.secret());
    assertThat(browser.get("/ui/overview").status()).isEqualTo(200);

    service.as(
        BOOTSTRAP.text(),
        "POST",
        "/v1/admin/tokens/%s/revoke".formatted(token.name()),
        "{\"reason\":\"left\"}");

    Answer sent = browser.get("/ui/overview");
    assertThat(sent.status()).isEqualTo(303);
    assertThat(sent.header("Location")).contains("ended=true");
    assertThat(browser.get(path(sent)).text()).contains("Your session has ended.");
  }

  @Test
  void aTokenThatExpiresEndsItsSessions() {
    Made token =
        make("auditor", ",\"expires\":\"%s\"".formatted(Instant.now().plusSeconds(15).toString()));
    FormBrowser browser = FormBrowser.of(service, token.secret());
    assertThat(browser.cookieField()).isPresent();
    await().atMost(Duration.ofMinutes(1)).until(() -> browser.get("/ui/overview").status() == 303);
  }

  @Test
  void aSessionIsNothingForPrograms() {
    FormBrowser browser = FormBrowser.of(service, make("admin", "").secret());
    assertThat(browser.get("/ui/overview").status()).isEqualTo(200);
    assertThat(browser.get("/v1/pools").problem()).isEqualTo("unauthenticated");
    assertThat(browser.get("/v1/admin/tokens").problem()).isEqualTo("unauthenticated");
  }

  /** The proxy speaks TLS with the browser, and says so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=192.0.2.7;proto=https",
        "proto=https",
        "for=unknown;proto=https",
        "for=127.0.0.1;proto=https"
      })
  void behindAProxyWithTlsTheCookieIsSecure(String proxied) {
    FormBrowser browser = new FormBrowser(service);
    Answer unused = browser.get("/ui/sign-in");
    Answer in =
        service.send(
            "POST",
            "/ui/sign-in",
            "formToken=%s&token=%s".formatted(browser.formToken(), BOOTSTRAP.text()),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Sec-Fetch-Site",
            "same-origin",
            "Forwarded",
            proxied);
    assertThat(in.header("Set-Cookie"))
        .startsWith("__Host-cadastre_session=")
        .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure");
    String cookie = in.header("Set-Cookie").replaceFirst(";.*", "");
    assertThat(service.get("/ui/overview", "Cookie", cookie, "Forwarded", proxied).status())
        .isEqualTo(200);
    assertThat(service.get("/ui/overview", "Cookie", cookie).status()).isEqualTo(303);
    assertThat(
            service
                .get("/ui/overview", "Cookie", cookie.replace("__Host-", ""), "Forwarded", proxied)
                .status())
        .isEqualTo(303);
  }

  @Test
  void failedSignInsFromAnAddressAreBounded(@TempDir Path other) throws IOException {
    Path file = other.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    try (Service limited =
        Service.limited(
            other,
            "{bootstrapTokenFile: %s}".formatted(file),
            "limits: {failures: {burst: 3, perSecond: 1}}\n")) {
      FormBrowser browser = new FormBrowser(limited);
      for (int i = 0; i < 3; i++) {
        assertThat(browser.signIn("x").status()).isEqualTo(401);
      }
      Answer refused = browser.signIn("x");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text()).contains("too many requests come from the address");
      assertThat(limited.as("x", "GET", "/v1/pools", "").status()).isEqualTo(429);
      assertThat(browser.signIn(BOOTSTRAP.text()).status()).isEqualTo(303);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cadastre_session=",
        "cadastre_session=x; cadastre_session=y",
        "cadastre_session=%00",
        "cadastre_session=\"",
        "__Host-cadastre_session=x",
        ";;;=",
      })
  void anOddCookieIsNoSession(String cookie) {
    assertThat(service.get("/ui/overview", "Cookie", cookie).status()).isEqualTo(303);
    assertThat(service.get("/ui/sign-in", "Cookie", cookie).status()).isEqualTo(200);
  }

  /** A page that fetches a part of itself is loaded again, and then leads to the sign-in. */
  @Test
  void aPartOfAPageWithoutASessionLoadsThePageAgain() {
    Answer part = service.get("/ui/progress/rows", "HX-Request", "true");
    assertThat(part.status()).isEqualTo(401);
    assertThat(part.header("HX-Refresh")).isEqualTo("true");
  }

  @Test
  void aBearerTokenIsNothingForPages() {
    assertThat(service.as(BOOTSTRAP.text(), "GET", "/ui/overview", "").status()).isEqualTo(303);
  }

  @Test
  void aSignOutNeedsTheSessionsToken() {
    FormBrowser browser = FormBrowser.of(service, make("auditor", "").secret());
    browser.get("/ui/overview");
    String own = browser.formToken();
    FormBrowser other = FormBrowser.of(service, make("auditor", "").secret());
    other.get("/ui/overview");

    for (String token : new String[] {"", "x", other.formToken()}) {
      Answer refused = browser.post("/ui/sign-out", token, "same-origin");
      assertThat(refused.status()).as(token).isEqualTo(403);
      assertThat(refused.text()).contains("does not carry the token of this session");
    }
    for (String site : new String[] {"cross-site", "same-site", "none", ""}) {
      Answer refused = browser.post("/ui/sign-out", own, site);
      assertThat(refused.status()).as(site).isEqualTo(403);
      assertThat(refused.text()).contains("does not come from a page of this registry");
    }
    assertThat(browser.get("/ui/overview").status()).isEqualTo(200);
    assertThat(browser.post("/ui/sign-out", own, "same-origin").status()).isEqualTo(303);
  }

  /** A link in a mail: the browser keeps the cookie from the page, and sends it with the form. */
  @Test
  void aSignInBehindALinkOfAnotherSiteBringsAnOldCookie() {
    FormBrowser old = FormBrowser.of(service, make("auditor", "").secret());
    FormBrowser linked = new FormBrowser(service);
    linked.get("/ui/sign-in");
    String nobody = linked.formToken();
    String secret = make("auditor", "").secret();
    assertThat(old.post("/ui/sign-in", nobody, "cross-site", "token", secret).status())
        .isEqualTo(403);
    assertThat(old.post("/ui/sign-out", nobody, "same-origin").status()).isEqualTo(403);
    String cookie = old.cookieField().orElseThrow();
    assertThat(old.post("/ui/sign-in", nobody, "same-origin", "token", secret).status())
        .isEqualTo(303);
    assertThat(old.cookieField()).isPresent().isNotEqualTo(Optional.of(cookie));
  }

  @Test
  void theBrowserIsNotAskedToStoreTheToken() {
    assertThat(service.get("/ui/sign-in").text())
        .contains("type=\"password\" required autofocus autocomplete=\"off\"");
  }

  @Test
  void aFormWithoutASessionIsNotKept() {
    Answer refused = new FormBrowser(service).post("/ui/sign-out", "x", "same-origin");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text()).contains("nothing was done", "/ui/sign-in");
  }

  @Test
  void everyAnswerHasThePolicyAndIsAPage() {
    FormBrowser browser = FormBrowser.of(service, make("auditor", "").secret());
    for (String path :
        new String[] {
          "/",
          "/ui",
          "/ui/",
          "/ui/sign-in",
          "/ui/overview",
          "/ui/nonsense",
          "/ui/owners/nobody",
          "/ui/overview?x=1",
          "/ui/static/none.css"
        }) {
      Answer answer = browser.get(path);
      assertThat(answer.header("Content-Security-Policy"))
          .as(path)
          .startsWith("default-src 'self'; frame-ancestors 'none'");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      if (answer.status() != 303) {
        assertThat(answer.header("Content-Type")).as(path).isEqualTo("text/html;charset=utf-8");
        assertThat(answer.text()).contains("<main", "</html>");
      }
    }
    assertThat(browser.get("/ui/nonsense").status()).isEqualTo(404);
    assertThat(browser.get("/ui/overview?x=1").status()).isEqualTo(400);
  }
}
