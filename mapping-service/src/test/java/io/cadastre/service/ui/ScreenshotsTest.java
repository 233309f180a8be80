/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of docs/page.md from the demo's data, into target/screenshots; into the folder
 * that -Dcadastre.screenshots names, if it is given. They are looked at by people: pixels differ
 * with each version of the browser.
 */
@Tag("slow")
class ScreenshotsTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Path FOLDER =
      ROOT.resolve(
          System.getProperty("cadastre.screenshots", "mapping-service/target/screenshots"));
  private static final int MOST_HEIGHT = 1100;
  private static final int MOST_BYTES = 250_000;

  /**
   * A picture of a page.
   *
   * @param name the file without its suffix
   */
  private record Shot(String name, String path, int width, boolean dark) {}

  /** The pictures of the document. */
  private static final List<Shot> SHOTS =
      List.of(
          new Shot("overview", "/ui/overview", 1280, false),
          new Shot("overview-dark", "/ui/overview", 1280, true),
          new Shot("overview-360", "/ui/overview", 360, false),
          new Shot("search", "/ui/search?q=grace", 1280, false),
          new Shot("owner", "/ui/owners/hopper", 1280, false),
          new Shot("map-space", "/ui/map?claim=18", 1280, false),
          new Shot("map-window-dark", "/ui/map?pool=default&zoom=1", 1280, true),
          new Shot("map-360", "/ui/map?pool=default&zoom=1", 360, false),
          new Shot("events", "/ui/events", 1280, false),
          new Shot("audit", "/ui/audit", 1280, false),
          new Shot("map-2560", "/ui/map?pool=default", 2560, false));

  @TempDir Path folder;

  @Test
  void documentHasThePicturesThatAreTaken() throws Exception {
    Files.createDirectories(FOLDER);
    try (DemoSite site = DemoSite.afterItsSteps(folder);
        Browser browser = new Browser(site.url())) {
      signIn(browser, site);
      browser.open("/ui/audit");
      browser.press("Run an audit now");
      Browser.awaitTrue(
          () -> {
            browser.open("/ui/audit");
            return browser.text().contains("The last audit ran at");
          });
      for (Shot shot : SHOTS) {
        take(browser, shot);
      }
      browser.look(1280, false);
      browser.open("/ui/changes/supersede?owner=ada");
      browser.one("#reason").sendKeys("files of another owner on an old disk");
      browser.submit(browser.one("#reason"));
      write("change", browser.picture(MOST_HEIGHT));
      browser.open("/ui/storage-conf");
      browser
          .one("#text")
          .sendKeys("[storage]\ndriver = \"overlay\"\ngraphroot = \"/var/lib/shared\"\n");
      browser.one("#user").sendKeys("ada");
      browser.one("#uid").sendKeys("100001");
      browser.one("#home").sendKeys("/home/ada");
      browser.press("Judge");
      write("storage-conf", browser.picture(MOST_HEIGHT));
    }
    assertThat(pictures(ROOT.resolve("docs/images"))).isEqualTo(pictures(FOLDER));
    assertThat(shown()).isEqualTo(pictures(FOLDER));
  }

  /** The pictures that the document shows. */
  private static Set<String> shown() throws IOException {
    return Pattern.compile("images/([\\w-]+\\.png)")
        .matcher(Files.readString(ROOT.resolve("docs/page.md")))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static void signIn(Browser browser, DemoSite site) throws Exception {
    browser.open("/ui/sign-in");
    write("sign-in", browser.picture(MOST_HEIGHT));
    browser.one("#token").sendKeys(site.token("lovelace", "admin"));
    browser.submit(browser.one("#token"));
  }

  private static void take(Browser browser, Shot shot) throws IOException {
    browser.look(shot.width(), shot.dark());
    browser.open(shot.path());
    write(shot.name(), browser.picture(MOST_HEIGHT));
  }

  private static void write(String name, byte[] png) throws IOException {
    assertThat(png.length).as(name).isLessThan(MOST_BYTES);
    Path unused = Files.write(FOLDER.resolve(name + ".png"), png);
  }

  private static Set<String> pictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
