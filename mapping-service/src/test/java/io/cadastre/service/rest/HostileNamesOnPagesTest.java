/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.net.URLEncoder;
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

/** Names, reasons and stable ids that would be markup are text on every page. */
@Tag("slow")
class HostileNamesOnPagesTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cadastre.root"))
          .resolve("subid-core/src/test/resources/name-vectors.txt");

  private static final List<String> MARKUP =
      List.of("<script>x=1<\\script>", "\"><x>", "'onmouseover='x", "${7*7}", "a&lt;b");

  @TempDir static Path directory;
  private static Service service;
  private static FormBrowser browser;

  @BeforeAll
  static void start() {
    service = Service.ofCaller(directory, Service.DEFAULT_POOL + "reservedNames: []\n");
    browser = new FormBrowser(service);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static List<String> accepted() throws IOException {
    try (Stream<String> lines = Files.lines(VECTORS)) {
      return lines
          .filter(line -> line.startsWith("accept\t"))
          .map(line -> line.split("\t", -1)[2])
          .map(hex -> new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))
          .toList();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void everyNameOfTheVectorsIsText() throws IOException {
    long uid = 5000;
    for (String name : Stream.concat(accepted().stream(), MARKUP.stream()).toList()) {
      Answer made =
          service.put(
              "/v1/owners/" + encoded(name),
              "{\"uidNumber\":%d,\"gidNumber\":1,\"stableId\":\"<img src=x onerror=x>%d\"}"
                  .formatted(uid, uid));
      uid++;
      if (made.status() != 201) {
        continue; // invisible characters: a new owner may not have them
      }
      for (String path :
          List.of(
              "/ui/owners/" + encoded(name),
              "/ui/search?q=" + encoded(name),
              "/ui/events?owner=" + encoded(name),
              "/ui/changes/retire?owner=" + encoded(name))) {
        Answer page = browser.get(path);
        assertThat(page.status()).as(name + "\n" + page.text()).isEqualTo(200);
        assertIsText(page);
      }
      Answer preview =
          browser.submit(
              "/ui/changes/retire/preview", "owner", name, "reason", "<i>why</i>\"'><x>");
      assertThat(preview.status()).as(preview.text()).isEqualTo(200);
      assertIsText(preview);
    }
    assertIsText(browser.get("/ui/audit"));
    assertIsText(browser.get("/ui/overview"));
  }

  private static void assertIsText(Answer page) {
    assertThat(page.text())
        .doesNotContain("<script>", "<img src=x", "<i>why", "<x>", ">49</a>", "&lt;b</");
  }

  @Test
  void whatARefusalQuotesIsText() {
    for (String path :
        List.of(
            "/ui/owners/%3Cscript%3Ex",
            "/ui/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/ui/search?at=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/ui/events?kind=%3Cscript%3Ealert(1)",
            "/ui/events?%3Cscript%3E=1",
            "/ui/%3Cscript%3E",
            "/ui/sign-in?to=%22%3E%3Cscript%3E",
            "/ui/static/%3Cscript%3E")) {
      Answer page = browser.get(path);
      assertThat(page.text()).as(path).doesNotContain("<script>");
      assertThat(page.header("Content-Security-Policy")).as(path).startsWith("default-src 'self'");
    }
  }
}
