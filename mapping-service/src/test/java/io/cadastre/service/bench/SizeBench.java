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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * bin/bench size: a service with 1,000,000 owners in H2, as a process with the unit's options: its
 * starts, its first and its warm {@code PUT} beside that of a service with 1,000 owners in turns,
 * pools, snapshot, audit and memory. Then {@link SizeWithDirectory}. The figures {@code -cpu} are
 * what its process spends on processors: on a busy machine they say what the time would be.
 *
 * <p>-Dcadastre.bench.ledger=DIR keeps the ledger and uses it again, as copies;
 * -Dcadastre.bench.owners=N; -Dcadastre.bench.starts=N; -Dcadastre.bench.part=caller or directory
 * for one of the two.
 */
public final class SizeBench {
  private static final int OWNERS = Integer.getInteger("cadastre.bench.owners", 1_000_000);
  private static final int SMALL = 1_000;
  private static final int STARTS = Integer.getInteger("cadastre.bench.starts", 5);
  private static final int SNAPSHOT_STARTS = 3;
  private static final int TURNS = 500;
  private static final int READS = 20;
  private static final int CHANGES = 3;

  private final Path folder;
  private int large = OWNERS;
  private int small = SMALL;

  private SizeBench(Path folder) {
    this.folder = folder;
  }

  /** Runs it; takes no arguments. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cadastre-bench");
    try {
      Path kept = Path.of(System.getProperty("cadastre.bench.ledger", folder + "/kept"));
      String part = System.getProperty("cadastre.bench.part", "both");
      if (!part.equals("directory")) {
        LargeLedger.make(kept, OWNERS);
        LargeLedger.make(folder.resolve("small"), SMALL);
        Path copy = Files.createDirectory(folder.resolve("large"));
        Files.copy(kept.resolve(LargeLedger.FILE), copy.resolve(LargeLedger.FILE));
        new SizeBench(folder).measure();
      }
      if (!part.equals("caller")) {
        SizeWithDirectory.measure(folder, kept);
      }
    } finally {
      delete(folder);
    }
  }

  private void measure() throws Exception {
    try (ServiceProcess many = service("large");
        ServiceProcess few = service("small")) {
      figure("database-file", Files.size(file()) / 1048576.0, "MiB");
      // The first start may bring an older ledger's tables up to date.
      many.start();
      many.stop();
      starts(many);
      firstSnapshots(many);
      few.start();
      many.start();
      ProcessFigures process = new ProcessFigures(many.pid());
      process.awaitIdle();
      figure("start-and-verification-cpu", process.cpu(), "s");
      putsInTurns(many, few);
      few.stop();
      TimedClient client = new TimedClient(many.url());
      pools(client);
      snapshots(client, process);
      double before = process.cpu();
      figure("audit", client.post("/v1/audit").seconds(), "s");
      figure("audit-cpu", process.cpu() - before, "s");
      double peak = process.peak();
      figure("peak-memory", peak, "MiB");
      aim("1 GiB of memory at most, with one rendering and an audit", peak <= 1024);
      many.stop();
      figure("database-file-afterwards", Files.size(file()) / 1048576.0, "MiB");
    }
  }

  private ServiceProcess service(String name) {
    return new ServiceProcess(folder.resolve(name), "caller", LargeLedger.pools(), "");
  }

  private Path file() {
    return folder.resolve("large").resolve(LargeLedger.FILE);
  }

  /**
   * Starts it several times. It is healthy once its tables are verified, and permits changes then:
   * the next request is a PUT.
   */
  private void starts(ServiceProcess service) throws Exception {
    List<Double> answering = new ArrayList<>();
    List<Double> healthy = new ArrayList<>();
    List<Double> spent = new ArrayList<>();
    List<Double> put = new ArrayList<>();
    List<Double> pools = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      long began = System.nanoTime();
      service.begin();
      awaitAnswer(service, "/v1/owners/user0");
      answering.add(secondsSince(began));
      service.awaitHealthy();
      healthy.add(secondsSince(began));
      spent.add(new ProcessFigures(service.pid()).cpu());
      TimedClient client = new TimedClient(service.url());
      put.add(put(client, large++));
      pools.add(client.get("/v1/pools").seconds() * 1000);
      service.stop();
    }
    figure("start-until-it-answers", median(answering), "s");
    figure("start-until-healthy", median(healthy), "s");
    figure("start-until-healthy-cpu", median(spent), "s");
    figure("first-pools", median(pools), "ms");
    figure("first-put", median(put), "ms");
    figure("first-put-worst", Collections.max(put), "ms");
    aim("the first PUT after a start within 50 ms, each time", Collections.max(put) <= 50);
  }

  private static void firstSnapshots(ServiceProcess service) throws Exception {
    List<Double> answered = new ArrayList<>();
    List<Double> spent = new ArrayList<>();
    for (int i = 0; i < SNAPSHOT_STARTS; i++) {
      long began = System.nanoTime();
      service.begin();
      awaitAnswer(service, "/v1/snapshot");
      answered.add(secondsSince(began));
      spent.add(new ProcessFigures(service.pid()).cpu());
      service.stop();
    }
    figure("start-until-first-snapshot", median(answered), "s");
    figure("start-until-first-snapshot-cpu", median(spent), "s");
    aim("the first snapshot is answered 10 s after the start", median(answered) <= 10);
  }

  private static void awaitAnswer(ServiceProcess service, String path) throws InterruptedException {
    TimedClient client = new TimedClient(service.url());
    while (service.isAlive()) {
      try {
        var unused = client.get(path);
        return;
      } catch (IOException e) {
        // not yet; a service that ends is noticed by the loop
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IllegalStateException("the service has ended: " + service.log());
  }

  private void putsInTurns(ServiceProcess many, ServiceProcess few) throws IOException {
    TimedClient toMany = new TimedClient(many.url());
    TimedClient toFew = new TimedClient(few.url());
    ProcessFigures ofMany = new ProcessFigures(many.pid());
    ProcessFigures ofFew = new ProcessFigures(few.pid());
    double manyBefore = 0;
    double fewBefore = 0;
    List<Double> inLarge = new ArrayList<>();
    List<Double> inSmall = new ArrayList<>();
    for (int turn = -TURNS / 2; turn < TURNS; turn++) {
      if (turn == 0) {
        manyBefore = ofMany.cpu();
        fewBefore = ofFew.cpu();
      }
      double first = put(toFew, small++);
      double second = put(toMany, large++);
      if (turn >= 0) {
        inSmall.add(first);
        inLarge.add(second);
      }
    }
    double ratio = median(inLarge) / median(inSmall);
    figure("put-at-" + SMALL, median(inSmall), "ms");
    figure("put-at-" + OWNERS, median(inLarge), "ms");
    figure("put-at-" + SMALL + "-cpu", (ofFew.cpu() - fewBefore) * 1000 / TURNS, "ms");
    figure("put-at-" + OWNERS + "-cpu", (ofMany.cpu() - manyBefore) * 1000 / TURNS, "ms");
    figure("put-ratio", ratio, "ratio");
    aim("a PUT takes at most 1.2 times as long as at 1,000 owners", ratio <= 1.2);
  }

  private static double put(TimedClient client, int i) throws IOException {
    return client.put("/v1/owners/user" + i, LargeLedger.identity(i)).seconds() * 1000;
  }

  private static void pools(TimedClient client) throws IOException {
    double first = client.get("/v1/pools").seconds() * 1000;
    List<Double> later = new ArrayList<>();
    for (int i = 0; i < READS && (i < 2 || later.get(0) < 5000); i++) {
      later.add(client.get("/v1/pools").seconds() * 1000);
    }
    figure("pools-first", first, "ms");
    figure("pools", median(later), "ms");
    aim("GET /v1/pools within 50 ms", median(later) <= 50);
  }

  private void snapshots(TimedClient client, ProcessFigures process) throws IOException {
    double before = process.cpu();
    List<Double> plain = new ArrayList<>();
    List<Double> gzipped = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      double unused = put(client, large++);
      long began = System.nanoTime();
      TimedClient.Timed answer = client.get("/v1/snapshot");
      plain.add(answer.seconds());
      if (!answer.start().contains(" rows " + large + "\n")) {
        throw new IllegalStateException("not %d rows: %s".formatted(large, answer.start()));
      }
      long size = client.getGzipped("/v1/snapshot").bytes();
      gzipped.add(secondsSince(began));
      if (i == 0) {
        figure("snapshot-size", answer.bytes() / 1e6, "MB");
        figure("snapshot-size-gzipped", size / 1e6, "MB");
      }
    }
    figure("snapshot-after-put", median(plain), "s");
    figure("snapshot-gzipped-after-put", median(gzipped), "s");
    figure("both-snapshots-after-put-cpu", (process.cpu() - before) / CHANGES, "s");
    aim("the plain snapshot within 1 s after a PUT", median(plain) <= 1);
    aim("the gzipped snapshot within 6 s after a PUT", median(gzipped) <= 6);
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
