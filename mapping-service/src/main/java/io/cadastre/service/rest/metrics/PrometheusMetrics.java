/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.metrics;

import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.PoolCounts;
import io.cadastre.service.registry.PoolUsageQueries;
import io.cadastre.service.rest.http.Refusals;
import io.cadastre.subid.Severity;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Answers {@code /metrics} in the text format of Prometheus if the request accepts that; other
 * clients get Dropwizard's JSON. Health, pools and findings come first, then every metric of
 * Dropwizard with a number. A part without an answer is left out. Thread-safe.
 */
public final class PrometheusMetrics implements Filter {
  /** The path that it is for. */
  public static final String PATH = "/metrics";

  private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

  private final MetricRegistry metrics;
  private final DropwizardExports dropwizard;
  private final HealthCheckRegistry health;
  private final PoolUsageQueries pools;
  private final Audit audit;

  /** The figures of these parts. */
  public PrometheusMetrics(
      MetricRegistry metrics, HealthCheckRegistry health, PoolUsageQueries pools, Audit audit) {
    this.metrics = metrics;
    this.dropwizard =
        new DropwizardExports(metrics, (name, metric) -> !name.startsWith(Refusals.METRIC));
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
    response.setContentType(WRITER.getContentType());
    WRITER.write(response.getOutputStream(), snapshots());
  }

  /** The figures now. */
  private MetricSnapshots snapshots() {
    MetricSnapshots.Builder page = MetricSnapshots.builder();
    health(page);
    pools(page);
    findings(page);
    refusals(page);
    dropwizard.collect().stream()
        .filter(metric -> !page.containsMetricName(metric.getMetadata().getName()))
        .forEach(page::metricSnapshot);
    return page.build();
  }

  private void health(MetricSnapshots.Builder page) {
    GaugeSnapshot.Builder healthy =
        GaugeSnapshot.builder().name("cadastre_healthy").help("Whether a health check passes.");
    health
        .runHealthChecks()
        .forEach(
            (name, result) ->
                healthy.dataPoint(sample(result.isHealthy() ? 1 : 0, Labels.of("check", name))));
    page.metricSnapshot(healthy.build());
  }

  private void pools(MetricSnapshots.Builder page) {
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
    GaugeSnapshot.Builder full =
        GaugeSnapshot.builder()
            .name("cadastre_pool_full_timestamp_seconds")
            .help("The day on which a pool will be full.");
    for (PoolCounts pool : all) {
      pool.fullOn()
          .map(day -> day.atStartOfDay().toEpochSecond(ZoneOffset.UTC))
          .ifPresent(seconds -> full.dataPoint(sample(seconds, of(pool))));
    }
    page.metricSnapshot(full.build());
  }

  private static void pools(
      MetricSnapshots.Builder page,
      List<PoolCounts> pools,
      String state,
      String help,
      ToLongFunction<PoolCounts> count) {
    GaugeSnapshot.Builder slots =
        GaugeSnapshot.builder().name("cadastre_pool_slots_" + state).help(help);
    pools.forEach(pool -> slots.dataPoint(sample(count.applyAsLong(pool), of(pool))));
    page.metricSnapshot(slots.build());
  }

  private static Labels of(PoolCounts pool) {
    return Labels.of("pool", pool.pool().name());
  }

  private void findings(MetricSnapshots.Builder page) {
    audit
        .last()
        .ifPresent(
            report -> {
              GaugeSnapshot.Builder findings =
                  GaugeSnapshot.builder()
                      .name("cadastre_audit_findings")
                      .help("Findings of the last audit.");
              for (Severity severity : Severity.values()) {
                long count =
                    report.findings().stream().filter(f -> f.severity() == severity).count();
                findings.dataPoint(sample(count, Labels.of("severity", severity.word())));
              }
              page.metricSnapshot(findings.build());
              page.metricSnapshot(
                  GaugeSnapshot.builder()
                      .name("cadastre_audit_timestamp_seconds")
                      .help("Time of that audit.")
                      .dataPoint(sample(report.at().getEpochSecond(), Labels.EMPTY))
                      .build());
            });
  }

  private void refusals(MetricSnapshots.Builder page) {
    CounterSnapshot.Builder refused =
        CounterSnapshot.builder()
            .name("cadastre_refused")
            .help("Requests that were not let in, by code.");
    metrics
        .getCounters(MetricFilter.startsWith(Refusals.METRIC))
        .forEach(
            (name, counter) ->
                refused.dataPoint(
                    CounterDataPointSnapshot.builder()
                        .value((double) counter.getCount())
                        .labels(Labels.of("code", name.substring(Refusals.METRIC.length())))
                        .build()));
    page.metricSnapshot(refused.build());
  }

  private static GaugeDataPointSnapshot sample(long value, Labels labels) {
    return GaugeDataPointSnapshot.builder().value((double) value).labels(labels).build();
  }
}
