package io.cadastre.service.ui;

import java.nio.file.Files;
import java.nio.file.Path;

final class DevShots {
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("mapdev");
    try (DemoSite site = DemoSite.afterItsSteps(folder);
        Browser browser = new Browser(site.url())) {
      browser.open("/ui/sign-in");
      browser.one("#token").sendKeys(site.admin());
      browser.submit(browser.one("#token"));
      System.out.println(browser.at() + " " + browser.title());
      int n = 0;
      for (int width : new int[] {360, 1280, 2560}) {
        for (boolean dark : new boolean[] {false, true}) {
          browser.look(width, dark);
          n = 0;
          for (String path : args) {
            browser.open(path);
            Files.write(
                Path.of(
                    "/work/tmp/mapdev", "p" + n++ + "-" + width + (dark ? "-dark" : "") + ".png"),
                browser.picture(2600));
            System.out.println(path + " " + width + " wide: " + browser.isTooWide());
            if (width == 1280) {
              browser.axe().forEach(System.out::println);
            }
          }
        }
      }
      browser.complaints().forEach(System.out::println);
    }
  }
}
