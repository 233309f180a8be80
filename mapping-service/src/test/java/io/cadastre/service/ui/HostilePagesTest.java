/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.FreePort;
import io.cadastre.service.ServiceProcess;
import io.cadastre.subid.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/**
 * Owners with every name of the vector file that a registry takes, and with names that are markup:
 * each page shows them as text, character for character, and runs none of them. No one signs in.
 */
@Tag("slow")
class HostilePagesTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cadastre.root"))
          .resolve("subid-core/src/test/resources/name-vectors.txt");

  /** Names without a character that the rule for names refuses. */
  private static final List<String> MARKUP =
      List.of(
          "<b>bold<b>",
          "<script>document.title='run'<script>",
          "\"onmouseover=document.title='run'",
          "'-alert(1)-'",
          "<img\u00a0src=x\u00a0onerror=document.title='run'>",
          "&lt;b&gt;",
          "${7*7}",
          "{{7*7}}",
          "javascript.alert(1)",
          "<title>");

  @TempDir static Path folder;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static ServiceProcess service;
  private static Browser browser;
  private static List<String> names;

  @BeforeAll
  static void start() throws Exception {
    assertThat(FreePort.next()).isPositive();
    service =
        new ServiceProcess(
                folder,
                "caller",
                """
                pools: [{name: default, segments: [{first: 1001062400, last: 1879048191}]}]
                reservedNames: []
                """,
                "")
            .start();
    browser = new Browser(service.url());
    names = Stream.concat(vectors(), MARKUP.stream()).filter(HostilePagesTest::allocate).toList();
  }

  @AfterAll
  static void stop() {
    browser.close();
    service.close();
  }

  private static Stream<String> vectors() throws IOException {
    return Files.readAllLines(VECTORS).stream()
        .filter(line -> line.startsWith("accept\t"))
        .map(line -> HexFormat.of().parseHex(line.split("\t", -1)[2]))
        .map(name -> new String(name, StandardCharsets.UTF_8));
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static HttpResponse<String> send(String method, String path, String body) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(service.url() + path))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int uid(String name) {
    return 10_000 + Math.floorMod(name.hashCode(), 2_000_000);
  }

  /** Gives the owner a range; false if the registry refuses the name. */
  private static boolean allocate(String name) {
    int id = uid(name);
    String body = "{\"uidNumber\":%1$d,\"gidNumber\":%1$d,\"stableId\":\"id-%1$d\"}".formatted(id);
    return send("PUT", "/v1/owners/" + encoded(name), body).statusCode() == 201;
  }

  private static void assertNothingHasRun() {
    assertThat(browser.run("return document.title")).asString().endsWith(" - Cadastre");
    assertThat(
            browser.run("return document.querySelectorAll('main b, main img, main script').length"))
        .isEqualTo(0L);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void mostOfTheNamesAreOwners() {
    assertThat(names).hasSizeGreaterThan(60).contains("a\"b'c", "a*()&|=<>~", "<b>bold<b>");
  }

  /** Every owner's own page and the search for it, by HTTP; a name is in the title. */
  @Test
  void everyNameHasAPage() {
    for (String name : names) {
      HttpResponse<String> page = send("GET", "/ui/owners/" + encoded(name), "");
      assertThat(page.statusCode()).as(name).isEqualTo(200);
      assertThat(page.body())
          .as(name)
          .doesNotContain("<b>bold", "<script>document", "src=x onerror");
      HttpResponse<String> found = send("GET", "/ui/search?q=" + encoded(name), "");
      assertThat(found.statusCode()).as(name).isEqualTo(200);
      assertThat(found.body()).as(name).contains("<tbody>");
    }
  }

  @Test
  void namesAreShownCharacterForCharacter() {
    for (String name : MARKUP.stream().filter(names::contains).toList()) {
      browser.open("/ui/owners/" + encoded(name));
      assertThat(browser.one("h1").getDomProperty("textContent")).contains(Printable.of(name));
      assertNothingHasRun();
      browser.open("/ui/search?q=" + encoded(name));
      assertThat(browser.one("#q").getDomProperty("value")).isEqualTo(name);
      assertThat(browser.one("main tbody th").getDomProperty("textContent"))
          .isEqualTo(Printable.of(name));
      assertNothingHasRun();
    }
  }

  @Test
  void listsShowThemAsText() {
    for (String page :
        List.of(
            "/ui/overview",
            "/ui/map",
            "/ui/map?pool=default",
            "/ui/map?pool=default&zoom=1&id=1001062400",
            "/ui/map?pool=default&zoom=1&id=1005256704",
            "/ui/events",
            "/ui/audit",
            "/ui/changes/retire?owner=" + encoded("<b>bold<b>"))) {
      browser.open(page);
      assertNothingHasRun();
      assertThat(browser.isTooWide()).as(page).isFalse();
    }
    browser.open("/ui/map?pool=default&zoom=1&id=1001062400");
    List<String> shown =
        browser.all("[aria-labelledby=owners] tbody th").stream()
            .map(cell -> cell.getDomProperty("textContent"))
            .toList();
    assertThat(shown).hasSize(50).isSubsetOf(names.stream().map(Printable::of).toList());
  }

  /** The account has a new stable ID: shown as a difference, and only then recorded. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ownerIsRebound(boolean scripts) {
    String name = scripts ? "<b>bold<b>" : "&lt;b&gt;";
    int id = uid(name);
    String stableId = "id-<i>anew" + id;
    browser.scripts(scripts);
    browser.open("/ui/changes/rebind?owner=" + encoded(name));
    browser.one("#uidNumber").sendKeys(Integer.toString(id));
    browser.one("#gidNumber").sendKeys(Integer.toString(id));
    browser.one("#stableId").sendKeys(stableId);
    browser.one("#reason").sendKeys("the directory was <loaded> anew");
    browser.submit(browser.one("#reason"));

    assertThat(browser.one("main").getText()).contains("This would change");
    assertThat(browser.one("[aria-labelledby=shown]").getText())
        .contains("stableId", "before:", "after:", stableId, "the directory was <loaded> anew");
    String owner = "/v1/owners/" + encoded(name);
    assertThat(send("GET", owner, "").body()).doesNotContain(stableId);
    browser.press("Rebind %s now".formatted(name));

    assertThat(browser.one("[aria-labelledby=identity]").getText()).contains(stableId);
    assertThat(send("GET", owner, "").body()).contains(stableId, "\"uidNumber\":" + id);
    assertThat(browser.one("[aria-labelledby=events]").getText())
        .contains("rebind", "the directory was <loaded> anew");
    browser.scripts(true);
    browser.open("/ui/owners/" + encoded(name));
    assertNothingHasRun();
  }

  /** A form keeps what was typed, and shows it as text. */
  @Test
  void textOfAFormIsText() {
    browser.open("/ui/storage-conf");
    WebElement text = browser.one("#text");
    text.sendKeys("[storage]\n# </textarea><script>document.title='run'</script>\n<img src=x>\n");
    browser.one("#user").sendKeys("<b>u");
    browser.one("#uid").sendKeys("1000");
    browser.one("#home").sendKeys("/home/\"><b>u");
    browser.press("Judge");

    assertThat(browser.one("#text").getDomProperty("value")).contains("</textarea><script>");
    assertNothingHasRun();
    browser.open("/ui/search?q=" + encoded("</title><script>document.title='run'</script>"));
    assertNothingHasRun();
    browser.open("/ui/map?pool=" + encoded("<script>document.title='run'</script>"));
    assertNothingHasRun();
  }
}
