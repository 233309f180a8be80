/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages show and change, over a real service. */
@Tag("slow")
class PagesTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final Pattern SHOWN = Pattern.compile("name=\"shown\" value=\"([0-9a-f]{64})\"");

  @TempDir static Path dir;
  private static Service service;
  private static FormBrowser auditor;
  private static FormBrowser admin;

  @BeforeAll
  static void start() throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    service = Service.closed(dir, "{bootstrapTokenFile: %s}".formatted(file));
    auditor = FormBrowser.of(service, token("reader", "auditor"));
    admin = FormBrowser.of(service, token("boss", "admin"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String token(String name, String role) {
    return rest(
            "POST", "/v1/admin/tokens", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role))
        .json()
        .path("secret")
        .asText();
  }

  private static Answer rest(String method, String path, String body) {
    return service.as(BOOTSTRAP.text(), method, path, body);
  }

  /** Gives an account a range; returns its first ID. */
  private static long allocate(String name, long uid) {
    JsonNode made = rest("PUT", "/v1/owners/" + name, Service.identity(uid, "id-" + uid)).json();
    return made.path("allocation").path("subuid").path("start").asLong();
  }

  private static String page(FormBrowser browser, String path) {
    Answer answer = browser.get(path);
    assertThat(answer.status()).as(path + "\n" + answer.text()).isEqualTo(200);
    return answer.text();
  }

  @Test
  void theOverviewHasPoolsAndState() {
    allocate("ada", 2001);
    assertThat(page(auditor, "/ui/overview"))
        .contains("<a href=\"/ui/map?pool=default\">default</a>", "13,397", "Findings", "Outbox")
        .doesNotContain("style=", "onclick");
  }

  /** Its links lead on also from the same page with '/' at its end. */
  @Test
  void theMapHasLinksFromTheRoot() {
    assertThat(page(auditor, "/ui/map/"))
        .contains("href=\"/ui/map?pool=default\"")
        .doesNotContain("href=\"map");
  }

  @Test
  void searchFindsANameAFormerNameAUidAndAnyId() {
    long start = allocate("grace", 2002);
    rest("PUT", "/v1/owners/hopper", Service.identity(2002, "id-2002"));

    for (String text : new String[] {"hopper", "grace", "2002", Long.toString(start + 1234)}) {
      assertThat(page(auditor, "/ui/search?q=" + text + "&at="))
          .as(text)
          .contains(">hopper</a>", Long.toString(start));
    }
    assertThat(page(auditor, "/ui/search?q=grace")).contains("had the name before");
    assertThat(page(auditor, "/ui/search?q=" + (start + 1234)))
        .contains("has the subordinate ID %d, which is 1235 inside".formatted(start + 1234));
    assertThat(page(auditor, "/ui/search?q=nobody-here")).contains("Nothing found");
    assertThat(page(auditor, "/ui/search")).contains("Type a name");
  }

  /** A mark that turns the direction of what follows is shown as its number. */
  @Test
  void refusalsOfASearchArePrintable() {
    String moment = Instant.now().toString();
    for (String path : new String[] {"q=a%E2%80%AEb", "q=a%E2%80%AEb&at=" + moment, "q=a%1Bb"}) {
      assertThat(page(auditor, "/ui/search?" + path).replaceAll("(?s)<input[^>]*>", ""))
          .as(path)
          .contains("class=\"notice\"")
          .doesNotContain("\u202e", "\u001b");
    }
    assertThat(page(auditor, "/ui/search?q=a%5C:b").replaceAll("(?s)<input[^>]*>|<strong>.*?/", ""))
        .contains("a\\\\:b");
  }

  @Test
  void searchLooksAtAMoment() {
    long start = allocate("mary", 2003);
    Instant before = Instant.now();
    rest("PUT", "/v1/owners/somerville", Service.identity(2003, "id-2003"));

    assertThat(page(auditor, "/ui/search?q=%d&at=%s".formatted(start + 7, before)))
        .contains(">mary</a>", "as they were at")
        .doesNotContain("somerville");
    assertThat(page(auditor, "/ui/search?q=mary&at=" + before)).contains("had the name at that");
    assertThat(page(auditor, "/ui/search?q=2003&at=" + before))
        .contains(">mary</a>", "had the uid 2003 at that moment");
    assertThat(page(auditor, "/ui/search?q=mary+on+3+March+2020"))
        .contains("Nothing found for <strong>mary</strong>, at 2020-03-03T00:00:00Z");
    assertThat(page(auditor, "/ui/search?q=%d+on+%s".formatted(start + 7, before)))
        .contains(">mary</a>", "value=\"%d\"".formatted(start + 7));
    assertThat(page(auditor, "/ui/search?q=somerville&at=" + before)).contains("Nothing found");
    rest("POST", "/v1/owners/somerville/supersede", "{\"reason\":\"two ranges, one owner\"}");
    assertThat(page(auditor, "/ui/search?q=somerville&at=" + Instant.now()))
        .contains("1 owner found");
    assertThat(page(auditor, "/ui/search?q=%d&at=2020-01-01".formatted(start)))
        .contains("Nothing found", "the ledger");
    assertThat(auditor.get("/ui/search?q=mary&at=2999-01-01").text()).contains("in the future");
    assertThat(auditor.get("/ui/search?q=mary&at=gestern").status()).isEqualTo(400);
  }

  @Test
  void anOwnerHasIdentityNamesRangesAndLines() {
    long start = allocate("joan", 2004);
    rest("PUT", "/v1/owners/clarke", Service.identity(2004, "id-2004"));
    String page = page(auditor, "/ui/owners/clarke");
    assertThat(page)
        .contains(
            "caller:id-2004",
            "clarke:%d:65536".formatted(start),
            "<strong>joan</strong>",
            "<strong>clarke</strong>",
            "/etc/subgid");
    assertThat(auditor.get("/ui/owners/nobody-here").status()).isEqualTo(404);
    assertThat(auditor.get("/ui/owners/a%2Fb").status()).isEqualTo(400);
  }

  /** Its events are more than the page lists: the newest are there, and no name is missing. */
  @Test
  void anOwnerOfManyEventsHasTheNewestAndEveryName() {
    for (int i = 0; i <= 200; i++) {
      allocate("busy" + i, 2100);
    }

    assertThat(page(auditor, "/ui/owners/busy200"))
        .contains("<strong>busy0</strong>", "<strong>busy199</strong>", "<strong>busy200</strong>")
        .contains("after: </span>busy200</ins>", "Only the newest events are listed")
        .doesNotContain("after: </span>busy0</ins>");
  }

  @Test
  void anAuditorSeesNoChangeAndMakesNone() {
    allocate("kay", 2005);
    assertThat(page(admin, "/ui/owners/kay"))
        .contains("/ui/changes/supersede?owner=kay&amp;stableId=caller%3Aid-2005");
    assertThat(page(auditor, "/ui/owners/kay")).doesNotContain("/ui/changes");
    assertThat(page(auditor, "/ui/overview")).doesNotContain("/ui/changes");
    assertThat(auditor.get("/ui/changes").status()).isEqualTo(403);
    long events = events();
    for (String kind : new String[] {"retire", "reinstate", "supersede", "rebind"}) {
      assertThat(auditor.get("/ui/changes/" + kind).status()).isEqualTo(403);
      for (String path : new String[] {"/ui/changes/" + kind, "/ui/changes/" + kind + "/preview"}) {
        Answer refused = auditor.submit(path, "owner", "kay", "reason", "x", "shown", "0");
        assertThat(refused.status()).isEqualTo(403);
      }
    }
    assertThat(events()).isEqualTo(events);
  }

  private static long events() {
    return Long.parseLong(rest("GET", "/v1/pools", "").header("Cadastre-Event"));
  }

  private static String shown(Answer preview) {
    Matcher shown = SHOWN.matcher(preview.text());
    assertThat(shown.find()).as(preview.toString()).isTrue();
    return shown.group(1);
  }

  @Test
  void aSupersedeIsShownThenMadeByThatAdmin() {
    long start = allocate("edith", 2006);
    page(admin, "/ui/changes/supersede?owner=edith");
    long events = events();

    Answer preview =
        admin.submit(
            "/ui/changes/supersede/preview", "owner", "edith", "reason", "a <leak> & more");

    assertThat(preview.status()).isEqualTo(200);
    assertThat(preview.text())
        .contains("This would change", Long.toString(start), "a &lt;leak&gt; &amp; more")
        .contains("superseded");
    assertThat(events()).isEqualTo(events);

    Answer made =
        admin.submit(
            "/ui/changes/supersede",
            "owner",
            "edith",
            "reason",
            "a <leak> & more",
            "shown",
            shown(preview));

    assertThat(made.status()).as(made.text()).isEqualTo(303);
    assertThat(made.header("Location")).isEqualTo("/ui/owners/edith?stableId=caller%3Aid-2006");
    assertThat(page(admin, "/ui/owners/edith")).contains(Long.toString(start), "superseded");
    JsonNode event =
        rest("GET", "/v1/events?kind=supersede&owner=edith", "").json().path("events").get(0);
    assertThat(event.path("actor").asText()).isEqualTo("boss");
    assertThat(event.path("role").asText()).isEqualTo("admin");
    assertThat(event.path("reason").asText()).isEqualTo("a <leak> & more");
    String owner = page(admin, "/ui/owners/edith");
    assertThat(owner.substring(owner.indexOf("id=\"ranges\""), owner.indexOf("id=\"events\"")))
        .containsPattern(
            "<td><time [^>]+>[^<]+</time></td><td><time datetime=\"%s\""
                .formatted(event.path("at").asText()));
    assertThat(page(auditor, "/ui/events?owner=edith&kind="))
        .contains("2 events of one request on this page", "a &lt;leak&gt; &amp; more");
  }

  @Test
  void aChangeIsNotMadeIfItWouldNowBeAnotherOne() {
    allocate("rosa", 2007);
    page(admin, "/ui/changes/supersede");
    Answer preview =
        admin.submit("/ui/changes/supersede/preview", "owner", "rosa", "reason", "first");
    allocate("in-between", 2008); // takes the slot that was shown
    long events = events();

    Answer moved =
        admin.submit(
            "/ui/changes/supersede", "owner", "rosa", "reason", "first", "shown", shown(preview));

    assertThat(moved.status()).isEqualTo(409);
    assertThat(moved.text()).contains("has changed since the change was shown");
    assertThat(shown(moved)).isNotEqualTo(shown(preview));
    assertThat(events()).isEqualTo(events);
    assertThat(
            admin
                .submit(
                    "/ui/changes/supersede", "owner", "rosa", "reason", "x", "shown", shown(moved))
                .status())
        .isEqualTo(303);
  }

  @Test
  void anOwnerIsRetiredAndReinstated() {
    long start = allocate("lise", 2009);
    for (String kind : new String[] {"retire", "reinstate"}) {
      page(admin, "/ui/changes/" + kind + "?owner=lise");
      Answer preview =
          admin.submit("/ui/changes/" + kind + "/preview", "owner", "lise", "reason", kind);
      Answer made =
          admin.submit(
              "/ui/changes/" + kind, "owner", "lise", "reason", kind, "shown", shown(preview));
      assertThat(made.status()).as(made.text()).isEqualTo(303);
      assertThat(page(admin, "/ui/owners/lise"))
          .contains("<q>%s</q>".formatted(kind), Long.toString(start));
    }
    assertThat(rest("GET", "/v1/owners/lise", "").json().path("allocation").path("state").asText())
        .isEqualTo("active");
  }

  @Test
  void anOwnerIsReboundToTheAccountsNewStableId() {
    allocate("chien", 2010);
    page(admin, "/ui/changes/rebind?owner=chien");
    String[] form = {
      "owner", "chien", "uidNumber", "2010", "gidNumber", "2010", "stableId", "newer", "reason", "r"
    };
    Answer preview = admin.submit("/ui/changes/rebind/preview", form);
    String[] confirmed = Arrays.copyOf(form, form.length + 2);
    confirmed[form.length] = "shown";
    confirmed[form.length + 1] = shown(preview);
    assertThat(admin.submit("/ui/changes/rebind", confirmed).status()).isEqualTo(303);
    assertThat(page(admin, "/ui/owners/chien")).contains("caller:newer", "caller:id-2010");
  }

  @Test
  void theFormerOwnerOfANameIsNotThePresentOne() {
    allocate("olga", 2101);
    rest("DELETE", "/v1/owners/olga?reason=left", "");
    allocate("olga", 2102);
    assertThat(page(admin, "/ui/owners/olga?stableId=caller%3Aid-2101"))
        .contains("/ui/changes/reinstate?owner=olga&amp;stableId=caller%3Aid-2101");
    assertThat(page(admin, "/ui/changes/reinstate?owner=olga&stableId=caller%3Aid-2101"))
        .contains("name=\"ownerId\" value=\"caller:id-2101\"");
    assertThat(page(admin, "/ui/events?owner=olga"))
        .contains("/ui/owners/olga?stableId=caller%3Aid-2102");
    long events = events();
    for (String kind : new String[] {"supersede", "reinstate"}) {
      String[] form = {"owner", "olga", "ownerId", "caller:id-2101", "reason", "x", "shown", "0"};
      for (String path : new String[] {"/ui/changes/" + kind + "/preview", "/ui/changes/" + kind}) {
        Answer refused = admin.submit(path, form);
        assertThat(refused.status()).as(path).isEqualTo(409);
        assertThat(refused.text()).contains("and not the one with caller:id-2101");
      }
    }
    assertThat(events()).isEqualTo(events);
  }

  /** A mark that turns the direction of what follows is written out. */
  @Test
  void aRefusalShowsWhatNobodySees() {
    assertThat(admin.get("/ui/changes/re%E2%80%AEtire").text())
        .contains("re\\u202etire")
        .doesNotContain("\u202e");
    page(admin, "/ui/changes/supersede");
    assertThat(
            admin
                .submit(
                    "/ui/changes/supersede/preview",
                    "owner",
                    "ada",
                    "pool",
                    "x\u202ey",
                    "reason",
                    "x")
                .text())
        .contains("\\u202ey")
        .doesNotContain("\u202e");
  }

  @Test
  void anOwnerStaysInThePoolUnlessAnotherIsChosen(@TempDir Path other) {
    String pools =
        """
        pools:
          - {name: default, segments: [{first: 1001062400, last: 1100021759}]}
          - {name: second, segments: [{first: 1200029696, last: 1300037631}]}
        """;
    try (Service two = Service.ofCaller(other, pools)) {
      String account = Service.identity(2103, "id-2103");
      assertThat(
              two.put("/v1/owners/nelly", "{\"pool\":\"second\"," + account.substring(1)).status())
          .isEqualTo(201);
      FormBrowser browser = new FormBrowser(two);
      assertThat(page(browser, "/ui/changes/supersede"))
          .contains("<option value=\"\">that of the old range</option>");
      String[] form = {"owner", "nelly", "pool", "", "reason", "x"};
      Answer preview = browser.submit("/ui/changes/supersede/preview", form);
      String[] confirmed = Arrays.copyOf(form, form.length + 2);
      confirmed[form.length] = "shown";
      confirmed[form.length + 1] = shown(preview);
      assertThat(browser.submit("/ui/changes/supersede", confirmed).status()).isEqualTo(303);
      assertThat(two.get("/v1/owners/nelly").json().path("allocation").path("pool").asText())
          .isEqualTo("second");
    }
  }

  @Test
  void aChangeNeedsAReasonAndAKnownOwner() {
    page(admin, "/ui/changes/supersede");
    assertThat(
            admin.submit("/ui/changes/supersede/preview", "owner", "ada", "reason", " ").status())
        .isIn(400, 409);
    Answer unknown =
        admin.submit("/ui/changes/retire/preview", "owner", "nobody-here", "reason", "x");
    assertThat(unknown.status()).isEqualTo(409);
    assertThat(unknown.text()).contains("role=\"alert\"", "nobody-here");
    assertThat(admin.get("/ui/changes/destroy").status()).isEqualTo(404);
  }

  @Test
  void aForgedConfirmationIsRefused() {
    allocate("maria", 2011);
    page(admin, "/ui/changes/retire?owner=maria");
    Answer preview =
        admin.submit("/ui/changes/retire/preview", "owner", "maria", "reason", "forged");
    String own = admin.formToken();
    long events = events();
    String[] form = {"owner", "maria", "reason", "forged", "shown", shown(preview)};

    assertThat(admin.post("/ui/changes/retire", "", "same-origin", form).status()).isEqualTo(403);
    assertThat(admin.post("/ui/changes/retire", "x", "same-origin", form).status()).isEqualTo(403);
    assertThat(admin.post("/ui/changes/retire", own, "cross-site", form).status()).isEqualTo(403);
    assertThat(admin.post("/ui/changes/retire", own, "same-site", form).status()).isEqualTo(403);
    assertThat(
            service
                .send(
                    "POST",
                    "/ui/changes/retire",
                    "formToken=%s&owner=maria&reason=x&shown=%s".formatted(own, shown(preview)),
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Cookie",
                    admin.cookieField().orElseThrow(),
                    "Origin",
                    "https://evil.example.org")
                .status())
        .isEqualTo(400);

    assertThat(events()).isEqualTo(events);
    assertThat(admin.post("/ui/changes/retire", own, "same-origin", form).status()).isEqualTo(303);
  }

  /** Another site may lead a reader to a page, and not have it loaded as a part of its own. */
  @Test
  void aPageIsNoPartOfAnotherSites() {
    String[] part = {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"};
    Answer refused = service.send("GET", "/ui/map", "", part);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("a page of another site loads it");
    part[3] = "navigate";
    assertThat(service.send("GET", "/ui/map", "", part).status()).isEqualTo(303);
  }

  @Test
  void eventsAreFilteredByTheirAddressAndExported() {
    allocate("emmy", 2012);
    String page = page(auditor, "/ui/events?owner=emmy&kind=allocate&actor=bootstrap&from=&to=");
    assertThat(page)
        .contains(
            "1 event, newest first",
            "Events with owner emmy, actor bootstrap, kind allocate.",
            "subuid.start",
            "/ui/events/csv?owner=emmy&amp;actor=bootstrap");
    Answer csv = auditor.get("/ui/events/csv?owner=emmy");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.text().lines()).hasSize(2);
    assertThat(csv.text()).contains("admin,bootstrap ", "\"\"uidNumber\"\":2012");
    Matcher request =
        Pattern.compile("/ui/events[?]request=([^&\"]+)&amp;from=[^&\"]+&amp;to=[^\"]+")
            .matcher(page);
    assertThat(request.find()).isTrue();
    assertThat(page(auditor, request.group().replace("&amp;", "&")))
        .contains(
            "1 event, newest first",
            "Events with request %s, from ".formatted(request.group(1)),
            "/ui/events/csv?request=" + request.group(1),
            "value=\"%s\"".formatted(request.group(1)));
    assertThat(auditor.get("/ui/events?request=%01").status()).isEqualTo(400);
    assertThat(page(auditor, "/ui/events?request=none")).contains("No event meets");
    assertThat(auditor.get("/ui/events?kind=nonsense").status()).isEqualTo(400);
    assertThat(page(auditor, "/ui/events?actor=no-such-actor")).contains("No event meets");
  }

  @Test
  void eventsAreReadPageByPageToTheFirst() {
    for (int i = 0; i < 55; i++) {
      allocate("many" + i, 3000 + i);
    }
    String page = page(auditor, "/ui/events");
    Matcher older = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(page);
    assertThat(older.find()).isTrue();
    String path = older.group(1);
    for (int i = 0; i < 20 && !path.isEmpty(); i++) {
      page = page(auditor, path.replace("&amp;", "&"));
      Matcher next = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"").matcher(page);
      path = next.find() ? next.group(1) : "";
    }
    assertThat(page).contains("the ledger was made");
  }

  @Test
  void anAuditIsRunAndItsProgressShown() {
    page(auditor, "/ui/audit");
    Answer begun = auditor.submit("/ui/audit");
    assertThat(begun.status()).isEqualTo(303);
    assertThat(begun.header("Location")).isEqualTo("/ui/progress");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(page(auditor, "/ui/progress/rows"))
                    .contains("Audit", "done")
                    .doesNotContain("hx-get", "hx-trigger"));
    assertThat(page(auditor, "/ui/audit")).contains("The last audit ran at");
    assertThat(page(auditor, "/ui/progress")).contains("<caption>Long work");
  }

  @Test
  void aStorageConfIsJudgedLineByLineAndKeptNowhere() {
    assertThat(
            judged(
                "5.4",
                "system",
                """
                [storage]
                driver = "overlay"
                runroot = "relative"
                <script>alert(1)</script>
                """))
        .contains("Every call of Podman fails", "&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert");
    assertThat(judged("4.3", "user", "[storage]\ndriver = \"overlay\"\n"))
        .contains("Settings in force", "overlay", "/home/zoe/.local");
  }

  private static String judged(String edition, String place, String text) {
    page(auditor, "/ui/storage-conf");
    Answer judged =
        auditor.submit(
            "/ui/storage-conf",
            "text",
            text,
            "edition",
            edition,
            "place",
            place,
            "user",
            "zoe",
            "uid",
            "1000",
            "home",
            "/home/zoe");
    assertThat(judged.status()).as(judged.text()).isEqualTo(200);
    return judged.text();
  }

  @Test
  void aFormThatIsTooLargeIsRefusedWithARemedyForIt() {
    page(auditor, "/ui/storage-conf");
    Answer refused = auditor.submit("/ui/storage-conf", "text", "x".repeat(1 << 20));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.text()).contains("1048576 bytes; shorten the text").doesNotContain("batch");
  }

  @Test
  void aStorageConfThatIsTooLongHasNoLines() {
    assertThat(judged("5.4", "system", "\n".repeat(200_000)))
        .contains("Every call of Podman fails", "longer than")
        .doesNotContain("The text, line by line");
  }
}
