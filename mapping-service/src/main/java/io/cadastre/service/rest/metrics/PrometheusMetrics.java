/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.metrics;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Sampling;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.PoolCounts;
import io.cadastre.service.registry.PoolUsageQueries;
import io.cadastre.service.rest.http.Refusals;
import io.cadastre.subid.Severity;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Answers {@code /metrics} in the text format of Prometheus if the request accepts that; other
 * clients get Dropwizard's JSON. Health, pools and findings come first, then every metric of
 * Dropwizard with a number. A part without an answer is left out. Thread-safe.
 */
public final class PrometheusMetrics implements Filter {
  /** The path that it is for. */
  public static final String PATH = "/metrics";

  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final MetricRegistry metrics;
  private final HealthCheckRegistry health;
  private final PoolUsageQueries pools;
  private final Audit audit;

  /** The figures of these parts. */
  public PrometheusMetrics(
      MetricRegistry metrics, HealthCheckRegistry health, PoolUsageQueries pools, Audit audit) {
    this.metrics = metrics;
    this.health = health;
    this.pools = pools;
    this.audit = audit;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    String accept = http.getHeader("Accept");
    if (accept == null || !accept.contains("text/plain") || !http.getMethod().equals("GET")) {
      chain.doFilter(request, response);
      return;
    }
    response.setContentType(MEDIA_TYPE);
    response.getOutputStream().write(text().getBytes(StandardCharsets.UTF_8));
  }

  /** The page. */
  String text() {
    MetricsPage page = new MetricsPage();
    health(page);
    pools(page);
    findings(page);
    refusals(page);
    metrics.getMetrics().entrySet().stream()
        .filter(metric -> !metric.getKey().startsWith(Refusals.METRIC))
        .forEach(metric -> dropwizard(page, metric.getKey(), metric.getValue()));
    return page.text();
  }

  private void health(MetricsPage page) {
    page.metric("cadastre_healthy", "gauge", "Whether a health check passes.");
    health
        .runHealthChecks()
        .forEach((name, result) -> page.sample(result.isHealthy() ? 1 : 0, Map.of("check", name)));
  }

  private void pools(MetricsPage page) {
    List<PoolCounts> all;
    try {
      all = pools.all();
    } catch (Unavailable e) {
      return; // the check "ledger" says why
    }
    pools(page, all, "used", "Slots of owners, the withheld ones included.", PoolCounts::used);
    pools(page, all, "retired", "Slots that nobody has and nobody gets.", PoolCounts::retired);
    pools(page, all, "blocked", "Slots that cannot be given.", PoolCounts::blocked);
    pools(page, all, "free", "Slots that can be given.", PoolCounts::free);
    page.metric(
        "cadastre_pool_full_timestamp_seconds", "gauge", "The day on which a pool will be full.");
    for (PoolCounts pool : all) {
      pool.fullOn()
          .ifPresent(
              day ->
                  page.sample(
                      day.atStartOfDay().toEpochSecond(ZoneOffset.UTC),
                      Map.of("pool", pool.pool().name())));
    }
  }

  private static void pools(
      MetricsPage page,
      List<PoolCounts> pools,
      String state,
      String help,
      ToLongFunction<PoolCounts> count) {
    page.metric("cadastre_pool_slots_" + state, "gauge", help);
    pools.forEach(pool -> page.sample(count.applyAsLong(pool), Map.of("pool", pool.pool().name())));
  }

  private void findings(MetricsPage page) {
    audit
        .last()
        .ifPresent(
            report -> {
              page.metric("cadastre_audit_findings", "gauge", "Findings of the last audit.");
              for (Severity severity : Severity.values()) {
                long count =
                    report.findings().stream().filter(f -> f.severity() == severity).count();
                page.sample(count, Map.of("severity", severity.word()));
              }
              page.metric("cadastre_audit_timestamp_seconds", "gauge", "Time of that audit.");
              page.sample(report.at().getEpochSecond(), Map.of());
            });
  }

  private void refusals(MetricsPage page) {
    page.metric("cadastre_refused_total", "counter", "Requests that were not let in, by code.");
    metrics.getCounters((name, metric) -> name.startsWith(Refusals.METRIC)).entrySet().stream()
        .forEach(
            counter ->
                page.sample(
                    counter.getValue().getCount(),
                    Map.of("code", counter.getKey().substring(Refusals.METRIC.length()))));
  }

  private static void dropwizard(MetricsPage page, String name, Metric metric) {
    if (metric instanceof Gauge<?> gauge) {
      if (gauge.getValue() instanceof Number number) {
        page.metric(name, "gauge", name);
        page.sample(number.doubleValue(), Map.of());
      }
    } else if (metric instanceof Sampling sampling && metric instanceof Counting counting) {
      double unit = metric instanceof Timer ? TimeUnit.SECONDS.toNanos(1) : 1;
      page.metric(name + (metric instanceof Timer ? "_seconds" : ""), "summary", name);
      Snapshot snapshot = sampling.getSnapshot();
      for (double quantile : Arrays.asList(0.5, 0.95, 0.99)) {
        page.sample(
            snapshot.getValue(quantile) / unit, Map.of("quantile", Double.toString(quantile)));
      }
      page.sample("_count", counting.getCount(), Map.of());
    } else if (metric instanceof Counting counting) {
      page.metric(name, "gauge", name);
      page.sample(counting.getCount(), Map.of());
    }
  }
}
