/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Publishes new owners, compared with {@code ldapadd} of as many entries of the same kind to the
 * same slapd, in turns. Arguments: owners per round, owners per call, rounds.
 */
final class PublishBench {
  private PublishBench() {}

  public static void main(String[] args) throws IOException {
    int owners = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : 500;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    try (Slapd slapd = Slapd.start();
        Directory directory = Directory.open(slapd.configuration(), Clock.systemUTC())) {
      for (int round = 0; round < rounds; round++) {
        // The order of turns changes with each round, since the database grows.
        int first = 2 * round * owners;
        double added;
        double published;
        if (round % 2 == 0) {
          added = ldapadd(slapd, directory.publish(), states(first, owners));
          published = publish(directory.publish(), states(first + owners, owners), batch);
        } else {
          published = publish(directory.publish(), states(first, owners), batch);
          added = ldapadd(slapd, directory.publish(), states(first + owners, owners));
        }
        line("ldapadd", added, "s");
        line("publish", published, "s");
        line("ldapadd/publish", added / published, "ratio");
      }
      if (slapd.count(Slapd.SUBIDS) != 2 * rounds * owners) {
        throw new IllegalStateException("not all were published");
      }
    }
  }

  private static void line(String name, double value, String unit) {
    System.out.println(String.format(Locale.ROOT, "%s\t%.2f\t%s", name, value, unit));
  }

  private static List<OwnerState> states(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(i -> state(active(i))).toList();
  }

  private static double ldapadd(Slapd slapd, PublishDirectory publish, List<OwnerState> states)
      throws IOException {
    Path file = Files.createTempFile("bench", ".ldif");
    try {
      Files.writeString(file, states.stream().map(publish::ldif).collect(Collectors.joining()));
      long start = System.nanoTime();
      LdapPrograms.run(
          "ldapadd",
          "-x",
          "-H",
          slapd.url(),
          "-D",
          Slapd.SERVICE_DN,
          "-w",
          Slapd.PASSWORD,
          "-f",
          file);
      return (System.nanoTime() - start) / 1e9;
    } finally {
      Files.delete(file);
    }
  }

  private static double publish(PublishDirectory publish, List<OwnerState> states, int batch) {
    long start = System.nanoTime();
    for (int from = 0; from < states.size(); from += batch) {
      List<OwnerState> some = states.subList(from, Math.min(states.size(), from + batch));
      publish.publish(some).forEach(failure -> System.out.println(failure));
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
