/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import static io.cadastre.service.bench.Figures.aim;
import static io.cadastre.service.bench.Figures.figure;
import static io.cadastre.service.bench.Figures.median;

import io.cadastre.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * bin/bench page: the time until the last byte of each page, at its first request and at the
 * median, of a service with 1,000,000 owners in H2, as a process with the unit's options, what its
 * process spends on processors for each, and the size of the maps. Some owners, far apart, are
 * retired before, so that few squares are alike.
 *
 * <p>-Dcadastre.bench.ledger=DIR keeps the ledger and uses it again, as copies;
 * -Dcadastre.bench.owners=N.
 */
public final class PageBench {
  private static final int OWNERS = Integer.getInteger("cadastre.bench.owners", 1_000_000);
  private static final int RETIRED = 300;
  private static final int READS = 30;
  private static final int MOST_MS = 300;
  private static final int MOST_BYTES = 200_000;

  private PageBench() {}

  /** Runs it; takes no arguments. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cadastre-bench");
    try {
      Path kept = Path.of(System.getProperty("cadastre.bench.ledger", folder + "/kept"));
      LargeLedger.make(kept, OWNERS);
      Path copy = Files.createDirectory(folder.resolve("service"));
      Files.copy(kept.resolve(LargeLedger.FILE), copy.resolve(LargeLedger.FILE));
      try (ServiceProcess service = new ServiceProcess(copy, "caller", LargeLedger.pools(), "")) {
        service.begin();
        awaitAnswer(service);
        service.awaitHealthy();
        ProcessFigures process = new ProcessFigures(service.pid());
        process.awaitIdle();
        measure(new TimedClient(service.url()), process);
        figure("peak-memory", process.peak(), "MiB");
      }
    } finally {
      delete(folder);
    }
  }

  /** A busy machine takes longer than {@link ServiceProcess} is patient. */
  private static void awaitAnswer(ServiceProcess service) throws InterruptedException {
    TimedClient client = new TimedClient(service.url());
    while (service.isAlive()) {
      try {
        TimedClient.Timed unused = client.get("/v1/owners/user0");
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(200); // not yet
      }
    }
    throw new IllegalStateException("the service has ended: " + service.log());
  }

  private static void measure(TimedClient client, ProcessFigures process) throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < RETIRED; i++) {
      TimedClient.Timed unused =
          client.delete("/v1/owners/user%d?reason=bench".formatted(random.nextInt(OWNERS)));
    }
    List<String> slow = new ArrayList<>();
    List<String> large = new ArrayList<>();
    for (Map.Entry<String, String> page : pages().entrySet()) {
      double first = client.get(page.getValue()).seconds() * 1000;
      List<Double> later = new ArrayList<>();
      long bytes = 0;
      double before = process.cpu();
      for (int i = 0; i < READS; i++) {
        TimedClient.Timed answer = client.get(page.getValue());
        later.add(answer.seconds() * 1000);
        bytes = answer.bytes();
      }
      figure(page.getKey() + "-first", first, "ms");
      figure(page.getKey(), median(later), "ms");
      figure(page.getKey() + "-cpu", (process.cpu() - before) * 1000 / READS, "ms");
      figure(page.getKey() + "-size", bytes / 1000.0, "kB");
      if (median(later) > MOST_MS) {
        slow.add(page.getKey());
      }
      if (page.getKey().startsWith("map") && bytes > MOST_BYTES) {
        large.add(page.getKey());
      }
    }
    aim("each page within %d ms at the median%s".formatted(MOST_MS, not(slow)), slow.isEmpty());
    aim("a map of at most %d kB%s".formatted(MOST_BYTES / 1000, not(large)), large.isEmpty());
  }

  private static String not(List<String> pages) {
    return pages.isEmpty() ? "" : ", not " + String.join(", ", pages);
  }

  /** The pages by name; the owner and the IDs are from the middle of the ledger. */
  private static Map<String, String> pages() {
    int owner = OWNERS / 2;
    long id = 1001062400L + 512L * owner + 7;
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("overview", "/ui/overview");
    pages.put("map-space", "/ui/map");
    pages.put("map-pool", "/ui/map?pool=default");
    pages.put("map-window", "/ui/map?pool=default&zoom=1&id=" + id);
    pages.put("map-slot", "/ui/map?pool=default&zoom=9&id=" + id);
    pages.put("search-name", "/ui/search?q=user" + owner);
    pages.put("search-uid", "/ui/search?q=" + (LargeLedger.FIRST_UID + owner));
    pages.put("search-id", "/ui/search?q=" + id);
    pages.put("owner", "/ui/owners/user" + owner);
    pages.put("events", "/ui/events");
    pages.put("events-of-owner", "/ui/events?owner=user" + owner);
    pages.put("audit", "/ui/audit");
    pages.put("storage-conf", "/ui/storage-conf");
    pages.put("changes", "/ui/changes");
    return pages;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
