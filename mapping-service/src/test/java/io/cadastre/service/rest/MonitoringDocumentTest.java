/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code /metrics} in the text format of Prometheus, docs/monitoring.md, which describes it, and
 * the alert rules, which ask for it. The metrics of the JVM are those of a whole process: {@code
 * bin/soak image} looks for them.
 */
class MonitoringDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root", ".."));
  private static final Pattern NAME = Pattern.compile("\\b(?:cadastre|io)_[a-zA-Z0-9_]+");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_][a-zA-Z0-9_]*)(\\{[a-z]+=\"[^\"\\\\]*\"})? (-?[0-9.]+(?:E-?[0-9]+)?|NaN|-?Infinity)");

  /** A metric that has no value yet is not on the page. */
  private static final Set<String> WITHOUT_A_SAMPLE =
      Set.of("cadastre_pool_full_timestamp_seconds", "cadastre_refused_total");

  @TempDir static Path directory;
  private static Service service;
  private static String metrics = "";

  @BeforeAll
  static void start() throws IOException {
    service =
        Service.ofDirectory(directory, Files.readString(ROOT.resolve("config/demo-accounts.ldif")));
    assertThat(service.request("/v1/audit", r -> r.POST(BodyPublishers.noBody())).status())
        .isEqualTo(200);
    metrics = scrape().text();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Answer scrape() {
    return service.adminAs(
        "GET",
        "/metrics",
        "Accept",
        "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
  }

  @Test
  void prometheusGetsTheTextFormat() {
    assertThat(scrape().header("Content-Type")).startsWith("text/plain;").contains("version=0.0.4");
    assertThat(samples()).containsEntry("cadastre_healthy{check=\"ledger\"}", 1.0);
    assertThat(samples().get("cadastre_pool_slots_free{pool=\"default\"}")).isGreaterThan(13_000);
  }

  @Test
  void othersGetJson() {
    assertThat(service.adminAs("GET", "/metrics").json().has("gauges")).isTrue();
    assertThat(service.adminAs("GET", "/metrics", "Accept", "*/*").json().has("gauges")).isTrue();
  }

  /** Each metric has its help, its type and its samples, in this order and at one place. */
  @Test
  void thePageIsWellFormed() {
    Set<String> seen = new HashSet<>();
    String current = "";
    String type = "";
    assertThat(metrics).endsWith("\n");
    for (String line : metrics.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        current = line.split(" ", -1)[2];
        assertThat(seen.add(current)).as(line).isTrue();
      } else if (line.startsWith("# TYPE ")) {
        assertThat(line.split(" ", -1)[2]).isEqualTo(current);
        type = line.split(" ", -1)[3];
        assertThat(type).isIn("gauge", "counter", "summary");
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String base = type.equals("summary") ? sample.group(1).replaceFirst("_count$", "") : "";
        assertThat(current).as(line).isIn(sample.group(1), base);
      }
    }
    assertThat(seen).hasSizeGreaterThan(50);
  }

  @Test
  void thePageOfTheManualNamesWhatIsThere() throws IOException {
    String manual = Files.readString(ROOT.resolve("docs/monitoring.md"));
    Set<String> ours =
        metrics
            .lines()
            .filter(line -> line.startsWith("# TYPE cadastre_"))
            .map(line -> line.split(" ", -1)[2])
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(ours).hasSizeGreaterThan(6).allMatch(manual::contains);
    assertThat(unknown(manual)).isEmpty();
    JsonNode checks = service.adminAs("GET", "/healthcheck").json();
    assertThat(checks.properties())
        .allSatisfy(check -> assertThat(manual).contains("| `" + check.getKey() + "` |"));
  }

  @Test
  void alertRulesAskForWhatIsThere() throws IOException {
    assertThat(unknown(Files.readString(ROOT.resolve("config/prometheus/cadastre.rules.yml"))))
        .isEmpty();
  }

  /** The metrics that a text names and nobody has. */
  private static Set<String> unknown(String text) throws IOException {
    String node =
        Files.readString(
            ROOT.resolve("nss-client/src/main/java/io/cadastre/node/sync/Metrics.java"));
    return NAME.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(name -> !metrics.contains("# TYPE " + name + " "))
        .filter(name -> !WITHOUT_A_SAMPLE.contains(name))
        .filter(name -> !node.contains('"' + name.replaceFirst("^cadastre_node_", "") + '"'))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Double> samples() {
    Map<String, Double> samples = new HashMap<>();
    for (String line : metrics.lines().filter(l -> !l.startsWith("#")).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        String labels = sample.group(2) == null ? "" : sample.group(2);
        Double before = samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
        assertThat(before).as(line).isNull();
      }
    }
    return samples;
  }
}
