/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * Debian's chromium, without a window, driven by Debian's chromedriver: nothing is downloaded, and
 * it can reach no host but this one.
 */
final class Browser implements AutoCloseable {
  private static final String AXE = resource("/axe.min.js");

  private final ChromeDriver driver;
  private final String url;

  /**
   * Starts it.
   *
   * @param url what paths are behind
   */
  Browser(String url) {
    this.url = url;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium"));
    // Tests run as root in containers, where chromium has no sandbox and little /dev/shm.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-extensions",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--lang=en");
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver")).build();
    driver = new ChromeDriver(service, options);
    look(1280, false);
  }

  private static File program(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is not installed"))
        .toFile();
  }

  private static String resource(String name) {
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the width of its pages, and the theme. */
  void look(int width, boolean dark) {
    cdp(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    cdp(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Has pages look as they are printed, until {@link #look}. */
  void paper() {
    cdp("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  /** Has pages run their scripts, or not. */
  void scripts(boolean run) {
    cdp("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  private Map<String, Object> cdp(String command, Map<String, Object> parameters) {
    return driver.executeCdpCommand(command, parameters);
  }

  /** Opens a page by its path. */
  void open(String path) {
    driver.get(url + path);
  }

  /** The path and query of the page. */
  String at() {
    return driver.getCurrentUrl().substring(url.length());
  }

  /** The text of the page. */
  String text() {
    return one("body").getText();
  }

  /** The page's h1. */
  String title() {
    return one("h1").getText();
  }

  /** The element that a selector finds. */
  WebElement one(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** The elements that a selector finds. */
  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Clicks the link or button with this text, and waits until another page is there. */
  void press(String text) {
    WebElement body = one("body");
    driver
        .findElement(
            By.xpath("//*[self::a or self::button][normalize-space(.)='%s']".formatted(text)))
        .click();
    awaitGone(body);
  }

  /** Follows a link, and waits until another page is there. */
  void follow(WebElement link) {
    WebElement body = one("body");
    link.click();
    awaitGone(body);
  }

  /** Gives the focus to an element. */
  void focus(WebElement element) {
    Object unused = driver.executeScript("arguments[0].focus()", element);
  }

  /** The element with the focus. */
  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Presses keys. */
  void key(CharSequence keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Sends the form that this element is in, and waits until another page is there. */
  void submit(WebElement element) {
    WebElement body = one("body");
    element.submit();
    awaitGone(body);
  }

  private void awaitGone(WebElement element) {
    awaitTrue(
        () -> {
          try {
            return !element.isEnabled();
          } catch (WebDriverException e) {
            return true;
          }
        });
  }

  /** Waits until something is true. A script may replace the element that is looked at. */
  static void awaitTrue(Callable<Boolean> condition) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(20))
        .ignoreException(StaleElementReferenceException.class)
        .until(condition);
  }

  /** Runs a script in the page; returns what it returns. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** What axe finds on the page by these rules, else by all: a line for each rule and element. */
  List<?> axe(String... rules) {
    if (driver.executeScript("return typeof axe").equals("undefined")) {
      Object unused = driver.executeScript(AXE);
    }
    return (List<?>)
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            const rules = arguments[0];
            const only = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
            axe.run(document, {resultTypes: ["violations"], ...only}).then(
              (result) => done(result.violations.flatMap((each) =>
                each.nodes.map((node) =>
                  each.id + ": " + node.html.slice(0, 200) + ": "
                    + node.any.concat(node.all, node.none).map((check) => check.message).join("; ")))),
              (failure) => done(["axe: " + failure]));
            """,
            List.of(rules));
  }

  /** Whether the page is wider than the window: a reader would have to move it sideways. */
  boolean isTooWide() {
    return (Boolean)
        run("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  /**
   * What the browser has complained about since it was last asked: failed scripts and content that
   * the policy forbids. A page with the status of a refusal is no complaint.
   */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(Object::toString)
        .filter(line -> !line.contains("the server responded with a status of 4"))
        .toList();
  }

  /** Sends a form with these fields, which a script of the page makes. */
  void send(String path, Map<String, String> fields) {
    WebElement body = one("body");
    Object unused =
        driver.executeScript(
            """
            const form = document.createElement("form");
            form.method = "post";
            form.action = arguments[0];
            for (const [name, value] of Object.entries(arguments[1])) {
              const field = document.createElement("input");
              field.name = name;
              field.value = value;
              form.append(field);
            }
            document.body.append(form);
            form.submit();
            """,
            path,
            fields);
    awaitGone(body);
  }

  /** Sends a form to this address from a page of another origin. */
  void openFromElsewhere(String address, Map<String, String> fields) {
    driver.get("data:text/html,<title>elsewhere</title>");
    send(address, fields);
  }

  /** The cookies of the page. */
  List<Cookie> cookies() {
    return List.copyOf(driver.manage().getCookies());
  }

  /** Forgets all cookies. */
  void forget() {
    driver.manage().deleteAllCookies();
  }

  /** A picture of the page, as far down as {@code most} pixels. */
  byte[] picture(int most) {
    Map<?, ?> size = (Map<?, ?>) cdp("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    double height = Math.min(((Number) size.get("height")).doubleValue(), most);
    Map<String, Object> clip =
        Map.of("x", 0, "y", 0, "width", size.get("width"), "height", height, "scale", 1);
    return Base64.getDecoder()
        .decode(
            (String)
                cdp(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true, "clip", clip))
                    .get("data"));
  }

  /** The page as it is printed, a PDF. */
  byte[] printed() {
    return Base64.getDecoder()
        .decode((String) cdp("Page.printToPDF", Map.of("printBackground", true)).get("data"));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
