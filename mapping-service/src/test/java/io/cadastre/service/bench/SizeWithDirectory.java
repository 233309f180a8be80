/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import static io.cadastre.service.bench.Figures.aim;
import static io.cadastre.service.bench.Figures.figure;
import static io.cadastre.service.bench.Figures.median;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The second part of bin/bench size: 100,000 accounts and published owners in a real slapd, beside
 * a service and a slapd with 1,000. The comparison with the directory after a start, a {@code PUT}
 * until it is published, in turns, and memory. -Dcadastre.bench.accounts=N.
 */
final class SizeWithDirectory {
  private static final int ACCOUNTS = Integer.getInteger("cadastre.bench.accounts", 100_000);
  private static final int SMALL = 1_000;
  private static final int WARM_UP = 100;
  private static final int TURNS = 200;

  private SizeWithDirectory() {}

  static void measure(Path folder, Path kept) throws Exception {
    try (PublishedSite many = PublishedSite.make(folder, kept, ACCOUNTS, WARM_UP + TURNS);
        PublishedSite few = PublishedSite.make(folder, kept, SMALL, WARM_UP + TURNS)) {
      long began = System.nanoTime();
      many.service().start();
      ProcessFigures process = new ProcessFigures(many.service().pid());
      figure("directory-start-until-compared", (System.nanoTime() - began) / 1e9, "s");
      figure("directory-start-until-compared-cpu", process.cpu(), "s");
      few.service().start();
      process.awaitIdle();
      putsInTurns(many, few);
      TimedClient client = many.client();
      figure("directory-snapshot", client.get("/v1/snapshot").seconds(), "s");
      figure("directory-snapshot-gzipped", client.getGzipped("/v1/snapshot").seconds(), "s");
      figure("directory-audit", client.post("/v1/audit").seconds(), "s");
      figure("directory-peak-memory", process.peak(), "MiB");
      aim("1 GiB of memory at most at " + ACCOUNTS + " accounts", process.peak() <= 1024);
    }
  }

  private static void putsInTurns(PublishedSite many, PublishedSite few) throws Exception {
    List<Double> inLarge = new ArrayList<>();
    List<Double> inSmall = new ArrayList<>();
    for (int turn = 0; turn < WARM_UP + TURNS; turn++) {
      double first = few.put(SMALL + turn);
      double second = many.put(ACCOUNTS + turn);
      if (turn >= WARM_UP) {
        inSmall.add(first);
        inLarge.add(second);
      }
    }
    double ratio = median(inLarge) / median(inSmall);
    figure("directory-put-at-" + SMALL, median(inSmall), "ms");
    figure("directory-put-at-" + ACCOUNTS, median(inLarge), "ms");
    figure("directory-put-ratio", ratio, "ratio");
    aim("a PUT takes at most 1.2 times as long as at 1,000 accounts", ratio <= 1.2);
  }
}
