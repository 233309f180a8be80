/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.ui.map.MapPicture;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A reader of the demo's pages in Debian's chromium, with scripts and without. */
@Tag("slow")
class PagesInChromiumTest {
  /** ada's range is the first one, hopper's the second, zoe's the third. */
  private static final long FIRST = 1001062400;

  private static final long COUNT = 65536;

  @TempDir static Path folder;
  private static DemoSite site;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    site = DemoSite.afterItsSteps(folder);
    browser = new Browser(site.url());
  }

  @AfterAll
  static void stop() {
    browser.close();
    site.close();
  }

  @BeforeEach
  void forgetTheSession() {
    browser.look(1280, false);
    browser.scripts(true);
    browser.open("/ui/sign-in");
    browser.forget();
    assertThat(browser.complaints()).isEmpty();
  }

  private static void signIn(String token) {
    browser.open("/ui/sign-in");
    browser.one("#token").sendKeys(token);
    browser.submit(browser.one("#token"));
  }

  @Test
  void tokenOpensTheFirstPageAndSignOutEndsIt() throws Exception {
    browser.open("/");
    assertThat(browser.at()).startsWith("/ui/sign-in");
    browser.one("#token").sendKeys("no token");
    browser.submit(browser.one("#token"));
    assertThat(browser.one("[role=alert]").getText()).startsWith("Refused: ");

    browser.one("#token").sendKeys(site.token("reader-in", "auditor"));
    browser.submit(browser.one("#token"));

    assertThat(browser.title()).isEqualTo("Overview");
    assertThat(browser.text()).contains("reader-in (auditor)");
    browser.press("Sign out");
    assertThat(browser.at()).startsWith("/ui/sign-in");
    browser.open("/ui/overview");
    assertThat(browser.at()).startsWith("/ui/sign-in");
  }

  /** Where a reader wanted to go is where the reader comes after the sign-in. */
  @Test
  void signInLeadsToThePageThatWasAskedFor() throws Exception {
    browser.open("/ui/map?pool=default&zoom=1&id=" + FIRST);
    browser.one("#token").sendKeys(site.token("reader-to", "auditor"));
    browser.submit(browser.one("#token"));

    assertThat(browser.at()).isEqualTo("/ui/map?pool=default&zoom=1&id=" + FIRST);
  }

  @Test
  void sessionEndsWithItsToken() throws Exception {
    signIn(site.token("reader-gone", "auditor"));
    assertThat(browser.title()).isEqualTo("Overview");
    String unused =
        site.change("POST", "/v1/admin/tokens/reader-gone/revoke", "{\"reason\":\"lost\"}");

    browser.open("/ui/map");

    assertThat(browser.at()).startsWith("/ui/sign-in");
    assertThat(browser.text()).contains("Your session has ended");
  }

  /** As the token's time is over: the next click leads to the sign-in, which says why. */
  @Test
  void sessionExpiresWithItsToken() throws Exception {
    Instant end = Instant.now().plusSeconds(4);
    signIn(site.tokenUntil("reader-late", "auditor", end));
    assertThat(browser.title()).isEqualTo("Overview");
    Browser.awaitTrue(
        () -> {
          browser.press("Events");
          return browser.at().startsWith("/ui/sign-in");
        });

    assertThat(Instant.now()).isAfterOrEqualTo(end.truncatedTo(ChronoUnit.SECONDS));
    assertThat(browser.text()).contains("Your session has ended", "with its token");
    browser.one("#token").sendKeys(site.admin());
    browser.submit(browser.one("#token"));
    assertThat(browser.title()).isEqualTo("Events");
  }

  /** By a click, a tap or Enter: a word leads to its explanation, and nothing else happens. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wordsAreExplainedOnTheirPage(boolean scripts) {
    signIn(site.admin());
    browser.scripts(scripts);
    browser.open("/ui/overview");
    browser.one("a[href='#word-fact-Outbox']").click();
    assertThat(browser.at()).isEqualTo("/ui/overview#word-fact-Outbox");
    assertThat(browser.one("dt:target").getText()).isEqualTo("Outbox");
    assertThat(browser.one("dt:target + dd").getText()).startsWith("Owners with an entry");
    browser.one("a[href='#word-word-slots']").sendKeys(Keys.ENTER);
    assertThat(browser.one("dt:target").getText()).isEqualTo("slots");
    for (String page : DemoSite.PAGES) {
      browser.open(page);
      assertThat(browser.all("abbr, [title]:not(a.term)")).as(page).isEmpty();
    }
    browser.open("/ui/events?kind=retire");
    assertThat(browser.all("dl.difference dt")).isNotEmpty();
    assertThat(browser.all("dl.difference dt:not(:has(a.term))")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  /** By the mouse or Tab and Enter, from the whole space to a slot, and back. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mapLeadsFromTheWholeSpaceToAnOwner(boolean scripts) {
    signIn(site.admin());
    browser.scripts(scripts);
    browser.open("/ui/map");
    assertThat(browser.all(".map-picture a")).hasSize(256);
    browser.press("default");
    assertThat(browser.title()).isEqualTo("Map of the pool default");
    assertThat(browser.all(".map-picture a")).hasSize(210);
    browser.follow(browser.one(".map-picture a"));
    assertThat(browser.at()).isEqualTo("/ui/map?pool=default&zoom=1&id=" + FIRST);
    List<WebElement> squares = browser.all(".map-picture a");
    assertThat(squares).hasSize(64);
    assertThat(squares.get(2).getDomAttribute("href")).contains("id=" + (FIRST + 2 * COUNT));
    browser.follow(squares.get(2));

    assertThat(browser.title()).startsWith("Slot " + (FIRST + 2 * COUNT));
    assertThat(browser.text()).contains("zoe").contains("retired (100 %)");
    browser.press("pool default");
    assertThat(browser.at()).isEqualTo("/ui/map?pool=default");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void arrowKeysGoFromSquareToSquare() {
    signIn(site.admin());
    browser.open("/ui/map?pool=default&zoom=1&id=" + FIRST);
    List<WebElement> squares = browser.all(".map-picture a");
    browser.focus(squares.get(0));

    browser.key(Keys.ARROW_RIGHT);
    assertThat(browser.focused()).isEqualTo(squares.get(1));
    browser.key(Keys.ARROW_DOWN);
    assertThat(browser.focused()).isEqualTo(squares.get(MapPicture.COLUMNS + 1));
    browser.key(Keys.ARROW_LEFT);
    browser.key(Keys.ARROW_UP);
    browser.key(Keys.ARROW_UP);
    assertThat(browser.focused()).isEqualTo(squares.get(0));
    browser.key(Keys.END);
    assertThat(browser.focused()).isEqualTo(squares.get(63));
    browser.key(Keys.TAB);
    assertThat(browser.focused().getText()).isEqualTo("The same as a table");
    browser.focus(squares.get(1));
    browser.key(Keys.ENTER);
    Browser.awaitTrue(() -> browser.title().startsWith("Slot " + (FIRST + COUNT)));
  }

  @Test
  void slashGoesToTheSearchBox() {
    signIn(site.admin());
    browser.open("/ui/map");
    browser.key("/");

    assertThat(browser.focused().getDomAttribute("name")).isEqualTo("q");
    browser.key("a/b");
    assertThat(browser.focused().getDomProperty("value")).isEqualTo("a/b");
  }

  /** What a page shows of its claims and real IDs is in its address: a filter can be sent. */
  @Test
  void claimsAreOutlinedByAddress() {
    signIn(site.admin());
    browser.open("/ui/map");
    assertThat(browser.all(".outlined")).isEmpty();
    browser.follow(browser.one("[aria-label='Outline the squares of useradd on each node']"));

    assertThat(browser.all(".outlined")).hasSize(1);
    assertThat(browser.at()).isEqualTo("/ui/map?claim=14");
    assertThat(browser.one(".map-picture").getDomAttribute("aria-label"))
        .isEqualTo("Map of the ID space, 16,777,216 IDs a square");
    assertThat(browser.one(".legend-table").getText()).containsPattern("real IDs\\s+4 IDs");
  }

  @Test
  void everyPageFitsEveryWidth() {
    signIn(site.admin());
    for (int width : List.of(360, 1280, 2560)) {
      browser.look(width, false);
      for (String page : DemoSite.PAGES) {
        browser.open(page);
        assertThat(browser.isTooWide()).as("%s at %d", page, width).isFalse();
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  /** The pages, the form for signing in and a refusal. */
  @Test
  void axeFindsNothingInBothThemes() {
    browser.look(360, false);
    browser.open("/ui/sign-in");
    assertAxeFindsNothing("sign-in");
    signIn(site.admin());
    for (String page : DemoSite.PAGES) {
      browser.look(360, false);
      browser.open(page);
      assertAxeFindsNothing(page);
    }
    browser.look(360, false);
    browser.open("/ui/map?pool=none");
    assertAxeFindsNothing("a refusal");
  }

  /** Narrow, since tables scroll only then; of the dark theme only the colours differ. */
  private static void assertAxeFindsNothing(String about) {
    assertThat(browser.axe()).as(about).isEmpty();
    browser.look(360, true);
    assertThat(browser.axe("color-contrast")).as("%s in the dark", about).isEmpty();
  }

  private static void search(String text, String at) {
    browser.open("/ui/overview");
    browser.one("#q").sendKeys(text);
    browser.one("#at").sendKeys(at);
    browser.submit(browser.one("#q"));
  }

  /** The one box, with scripts and without: by each thing that is known of hopper, once grace. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void searchFindsAnOwnerByAllThatIsKnown(boolean scripts) {
    signIn(site.admin());
    browser.scripts(scripts);
    for (String text : List.of("hopper", "grace", "100002", Long.toString(FIRST + COUNT + 1234))) {
      search(text, "");
      assertThat(browser.one("main").getText()).as(text).contains("hopper");
    }
    assertThat(browser.all("main tbody tr")).hasSize(1);
    search("grace", "");
    assertThat(browser.all("main tbody tr")).hasSize(2);
    search(Long.toString(FIRST + COUNT + 1234), site.beforeTheRename());
    assertThat(browser.one("main tbody").getText()).contains("grace").doesNotContain("hopper");
    search(Long.toString(FIRST + COUNT + 1234), "2020-01-01");
    assertThat(browser.all("main tbody tr")).isEmpty();
    search("zoe", "");
    browser.press("zoe");
    assertThat(browser.title()).contains("zoe");
    assertThat(browser.text()).contains("retired").contains("left the site");
    assertThat(browser.complaints()).isEmpty();
  }

  /** A supersede: the form, the dry run as a difference, and only then the change. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changeIsShownBeforeItIsMade(boolean scripts) throws Exception {
    String name = scripts ? "ada" : "grace";
    String token = site.token("changer-" + name, "admin");
    signIn(token);
    browser.scripts(scripts);
    browser.open("/ui/owners/" + name);
    String before = browser.one("[aria-labelledby=range]").getText();
    browser.press("Supersede");
    browser.one("#reason").sendKeys("files on a disk <of> another owner");
    browser.submit(browser.one("#reason"));
    assertThat(browser.one("[aria-labelledby=shown]").getText())
        .contains("before:", "after:", "files on a disk <of> another owner");
    assertThat(site.owner(name)).contains("\"state\":\"active\"");
    long events = site.events();
    browser.press("Supersede " + name + " now");

    assertThat(site.events()).isGreaterThan(events);
    browser.open("/ui/owners/" + name);
    assertThat(browser.one("[aria-labelledby=range]").getText()).isNotEqualTo(before);
    assertThat(browser.text()).contains("superseded");
    assertThat(browser.one("[aria-labelledby=events]").getText())
        .contains("changer-" + name, "files on a disk <of> another owner");
    assertThat(browser.complaints()).isEmpty();
  }

  /** A retired owner comes back and goes again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rangeIsReinstatedAndRetired(boolean scripts) throws Exception {
    signIn(site.admin());
    browser.scripts(scripts);
    for (String change : List.of("Reinstate", "Retire")) {
      browser.open("/ui/owners/zoe");
      browser.press(change);
      browser.one("#reason").sendKeys("left the site, once more");
      browser.submit(browser.one("#reason"));
      browser.press(change + " zoe now");
      assertThat(site.owner("zoe"))
          .contains("\"state\":\"%s\"".formatted(change.equals("Retire") ? "retired" : "active"));
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eventsAreFilteredByTheForm(boolean scripts) {
    signIn(site.admin());
    browser.scripts(scripts);
    browser.open("/ui/events");
    browser.one("#kind").sendKeys("retire");
    browser.press("Filter");

    assertThat(browser.at()).contains("kind=retire");
    assertThat(browser.one("main").getText()).contains("zoe", "left the site");
    browser.press("Show all");
    assertThat(browser.at()).isEqualTo("/ui/events");
    assertThat(browser.complaints()).isEmpty();
  }

  /** With scripts the rows follow the work, without them the reader loads them again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void auditIsFollowedToItsEnd(boolean scripts) {
    signIn(site.admin());
    browser.scripts(scripts);
    browser.open("/ui/audit");
    browser.press("Run an audit now");
    assertThat(browser.at()).isEqualTo("/ui/progress");
    Browser.awaitTrue(
        () -> {
          if (!scripts) {
            browser.press("Load again");
          }
          return browser.one("#works tr td:last-child").getText().startsWith("done");
        });
    assertThat(browser.all("#works[hx-trigger]")).isEmpty();
    browser.open("/ui/audit");

    assertThat(browser.text()).contains("The last audit ran at");
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void storageConfIsJudgedLineByLine(boolean scripts) {
    signIn(site.admin());
    browser.scripts(scripts);
    browser.open("/ui/storage-conf");
    browser.one("#text").sendKeys("[storage]\ndriver = \"overlay\"\nrunroot = \"relative\"\n");
    browser.submit(browser.one("#text"));

    assertThat(browser.one("[aria-labelledby=verdict]").getText()).contains("relative");
    assertThat(browser.one("[aria-labelledby=words]").getText()).contains("graphroot", "runroot");
    assertThat(browser.all(".note a[href^='#word-storage-']")).isNotEmpty();
    assertThat(browser.all("table.lines tbody tr")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void auditorSeesNoChangeAndMakesNone() throws Exception {
    signIn(site.token("reader-only", "auditor"));
    for (String page : List.of("/ui/overview", "/ui/owners/hopper", "/ui/map", "/ui/events")) {
      browser.open(page);
      assertThat(browser.all("a[href*='/changes']")).as(page).isEmpty();
      assertThat(browser.all("form[action*='/changes']")).as(page).isEmpty();
    }
    browser.open("/ui/changes/retire?owner=hopper");
    assertThat(browser.text()).contains("403");
    // the form as an admin has it, with the token of the auditor's own session
    browser.open("/ui/overview");
    String token = browser.one("[name=formToken]").getDomAttribute("value");
    browser.send(
        "/ui/changes/retire", Map.of("formToken", token, "owner", "hopper", "reason", "x"));
    assertThat(browser.text()).contains("403");
    assertThat(site.owner("hopper")).contains("\"state\":\"active\"");
  }

  /** An admin's browser sends a form that another page has made: it does not know the token. */
  @Test
  void forgedFormIsRefused() throws Exception {
    signIn(site.admin());
    long events = site.events();
    for (String token : List.of("", "0".repeat(64))) {
      browser.open("/ui/overview");
      browser.send(
          "/ui/changes/retire",
          Map.of("formToken", token, "owner", "hopper", "reason", "forged", "shown", "x"));
      assertThat(browser.text()).contains("Nothing was done");
    }
    browser.openFromElsewhere(
        site.url() + "/ui/changes/retire", Map.of("owner", "hopper", "reason", "forged"));
    assertThat(browser.text())
        .contains("a web page of another origin", "no page may use the registry");
    assertThat(site.events()).isEqualTo(events);
    assertThat(site.owner("hopper")).contains("\"state\":\"active\"");
  }

  @Test
  void refusalIsAPageWithARemedy() {
    signIn(site.admin());
    browser.open("/ui/map?pool=none");

    assertThat(browser.text()).contains("there is no such pool; the pools are default");
    browser.open("/ui/map?pool=default&id=5");
    assertThat(browser.text()).contains("pool default does not have the ID 5");
    browser.open("/ui/nothing");
    assertThat(browser.text()).contains("404");
  }

  /** The form, which is not printed, is there as a sentence; what is closed is open. */
  @Test
  void printedEventsHaveTheirConditionsAndContent() {
    signIn(site.admin());
    browser.open("/ui/events?kind=retire");
    assertThat(browser.one(".print-only").isDisplayed()).isFalse();
    browser.paper();

    assertThat(browser.one(".print-only").getText()).isEqualTo("Events with kind retire.");
    assertThat(browser.one(".filters").isDisplayed()).isFalse();
    assertThat(
            browser.run(
                """
                const event = document.querySelector("details.event");
                event.open = false;
                return event.querySelector("dl").checkVisibility();
                """))
        .isEqualTo(true);
  }

  @Test
  void printedPageHasItsContent() {
    signIn(site.admin());
    browser.open("/ui/map?pool=default&zoom=1");
    byte[] pdf = browser.printed();

    assertThat(pdf.length).isGreaterThan(10_000);
    assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
  }

  @Test
  void sessionCookieIsOutOfReachOfScripts() throws Exception {
    signIn(site.token("reader-cookie", "auditor"));

    assertThat(browser.run("return document.cookie")).isEqualTo("");
    assertThat(browser.cookies())
        .hasSize(1)
        .allSatisfy(
            cookie -> {
              assertThat(cookie.isHttpOnly()).isTrue();
              assertThat(cookie.getSameSite()).isEqualTo("Strict");
            });
    HttpResponse<String> answer =
        site.get(
            "/v1/pools",
            "Cookie",
            browser.cookies().get(0).getName() + "=" + browser.cookies().get(0).getValue());
    assertThat(answer.statusCode()).isEqualTo(401);
  }
}
