/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import static io.cadastre.service.bench.Figures.aim;
import static io.cadastre.service.bench.Figures.figure;
import static io.cadastre.service.bench.Figures.median;

import io.cadastre.service.ServiceProcess;
import io.cadastre.service.directory.Slapd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * bin/bench allocate: 10,000 owners asked for by one HTTP batch until the last is published to a
 * real slapd, beside one ldapadd of the same entries to the same slapd; then what one allocation
 * costs in a small and in a large ledger.
 */
public final class AllocateBench {
  private static final int OWNERS = Integer.getInteger("cadastre.bench.owners", 10_000);
  private static final int RUNS = Integer.getInteger("cadastre.bench.runs", 4);

  private final Slapd slapd;
  private final Path folder;
  private final Path ldif;
  private final List<Double> answered = new ArrayList<>();
  private final List<Double> published = new ArrayList<>();
  private final List<Double> added = new ArrayList<>();

  private AllocateBench(Slapd slapd, Path folder) {
    this.slapd = slapd;
    this.folder = folder;
    this.ldif = folder.resolve("entries.ldif");
  }

  /** Runs it; takes no arguments. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cadastre-bench");
    try (Slapd slapd = Slapd.start()) {
      slapd.load(accounts());
      new AllocateBench(slapd, folder).compare();
    } finally {
      delete(folder);
    }
    OneAllocation.compare();
  }

  private void compare() throws Exception {
    // The warm-up is not counted: it makes the entries that ldapadd adds, and slapd's file grows.
    // The second of a pair has an easier time, so the two take turns in going first.
    allocate("warm-up");
    Files.writeString(ldif, slapd.export(Slapd.SUBIDS));
    answered.clear();
    published.clear();
    for (int run = 0; run < RUNS; run++) {
      if (run % 2 == 0) {
        ldapadd();
        allocate("run" + run);
      } else {
        allocate("run" + run);
        ldapadd();
      }
    }
    double ratio = median(added) / median(published);
    figure("allocate-" + OWNERS + "-owners", median(answered), "s");
    figure("allocate-and-publish-" + OWNERS + "-owners", median(published), "s");
    figure("ldapadd-" + OWNERS + "-entries", median(added), "s");
    figure("ldapadd-time-over-allocate-time", ratio, "ratio");
    aim("at least as fast as ldapadd: ratio >= 1", ratio >= 1);
  }

  /** A new service with an empty ledger. */
  private void allocate(String name) throws Exception {
    clear();
    String batch =
        IntStream.range(0, OWNERS)
            .mapToObj(i -> "{\"name\":\"user" + i + "\",\"pool\":\"small\"}\n")
            .collect(Collectors.joining());
    Path its = Files.createDirectory(folder.resolve(name));
    try (ServiceProcess service = new ServiceProcess(its, slapd.yaml())) {
      service.start();
      // As docs/operations.md has it; and it finds a service that has run for a while, as ldapadd
      // finds a slapd that has.
      allocate(service, batch, "?dryRun=true");
      long began = System.nanoTime();
      String answer = allocate(service, batch, "");
      answered.add(secondsSince(began));
      awaitPublished(service, "user" + (OWNERS - 1));
      published.add(secondsSince(began));
      check(answer.lines().filter(line -> line.contains("\"created\"")).count());
      check(slapd.count(Slapd.SUBIDS));
      service.stop();
    }
  }

  /**
   * The last of the batch is published last; its PUT is answered when the entry is there, or after
   * 2 s.
   */
  private static void awaitPublished(ServiceProcess service, String name) throws Exception {
    String answer;
    do {
      answer =
          service.send("PUT", "/v1/owners/" + name, "application/json", "{\"pool\":\"small\"}");
    } while (!answer.contains("\"published\""));
  }

  private static String allocate(ServiceProcess service, String batch, String query)
      throws Exception {
    return service.send("POST", "/v1/owners/batch" + query, "application/x-ndjson", batch);
  }

  private void ldapadd() throws IOException, InterruptedException {
    clear();
    long began = System.nanoTime();
    ldapadd(slapd, ldif);
    added.add(secondsSince(began));
    check(slapd.count(Slapd.SUBIDS));
  }

  private void clear() {
    if (slapd.count(Slapd.SUBIDS) > 0) {
      slapd.clear(Slapd.SUBIDS);
    }
  }

  private static void check(long count) {
    if (count != OWNERS) {
      throw new IllegalStateException(count + " entries where there should be " + OWNERS);
    }
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void ldapadd(Slapd slapd, Path ldif) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "ldapadd",
                "-x",
                "-H",
                slapd.url(),
                "-D",
                Slapd.SERVICE_DN,
                "-w",
                Slapd.PASSWORD,
                "-f",
                ldif.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ldapadd failed with " + process.exitValue());
    }
  }

  private static String accounts() {
    return IntStream.range(0, OWNERS)
        .mapToObj(
            i ->
                """
                dn: uid=user%1$d,%2$s
                objectClass: account
                objectClass: posixAccount
                uid: user%1$d
                cn: user%1$d
                uidNumber: %3$d
                gidNumber: %3$d
                homeDirectory: /home/user%1$d

                """
                    .formatted(i, Slapd.PEOPLE, 10_000 + i))
        .collect(Collectors.joining());
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
