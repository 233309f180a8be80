/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.bench;

import static cadastre.service.bench.Figures.aim;
import static cadastre.service.bench.Figures.figure;
import static cadastre.service.bench.Figures.median;

import cadastre.service.ServiceProcess;
import cadastre.service.directory.Slapd;
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
  private static final int RUNS = Integer.getInteger("cadastre.bench.runs", 3);

  private AllocateBench() {}

  /** Runs it; takes no arguments. */
  public static void main(String[] args) throws Exception {
    List<Double> answered = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> anchor = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      compare(answered, ours, anchor);
    }
    double ratio = median(anchor) / median(ours);
    figure("allocate-" + OWNERS + "-owners", median(answered), "s");
    figure("allocate-and-publish-" + OWNERS + "-owners", median(ours), "s");
    figure("ldapadd-" + OWNERS + "-entries", median(anchor), "s");
    figure("ldapadd-time-over-allocate-time", ratio, "ratio");
    aim("at least as fast as ldapadd: ratio >= 1", ratio >= 1);
    OneAllocation.compare();
  }

  private static void compare(List<Double> answered, List<Double> ours, List<Double> anchor)
      throws Exception {
    Path folder = Files.createTempDirectory("cadastre-bench");
    try (Slapd slapd = Slapd.start();
        ServiceProcess service = new ServiceProcess(folder, slapd.yaml())) {
      slapd.load(accounts());
      service.start();
      String batch =
          IntStream.range(0, OWNERS)
              .mapToObj(i -> "{\"name\":\"user" + i + "\",\"pool\":\"small\"}\n")
              .collect(Collectors.joining());
      long began = System.nanoTime();
      String answer = service.send("POST", "/v1/owners/batch", "application/x-ndjson", batch);
      answered.add(secondsSince(began));
      while (!service
          .send("GET", "/healthcheck", "application/json", "")
          .contains("\"0 owners wait")) {
        Thread.sleep(20);
      }
      ours.add(secondsSince(began));
      check(answer.lines().filter(line -> line.contains("\"created\"")).count());
      check(slapd.count(Slapd.SUBIDS));
      service.stop();

      Path ldif = folder.resolve("entries.ldif");
      Files.writeString(ldif, slapd.export(Slapd.SUBIDS));
      slapd.clear(Slapd.SUBIDS);
      began = System.nanoTime();
      ldapadd(slapd, ldif);
      anchor.add(secondsSince(began));
      check(slapd.count(Slapd.SUBIDS));
    } finally {
      delete(folder);
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
