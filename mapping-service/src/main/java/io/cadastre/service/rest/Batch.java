/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.BatchResultJson;
import io.cadastre.service.api.Problem;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.service.registry.AllocationResult;
import io.cadastre.service.registry.ChangeRunner;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.rest.BatchReader.Line;
import io.cadastre.service.rest.http.FailureMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one batch in chunks. A chunk is one transaction, and its results are sent before the next
 * chunk begins. If a chunk fails as a whole, its lines and all later ones are answered with the
 * reason and not tried. Used by one thread.
 */
final class Batch {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  /** Lines of the first transaction; a small one, since publishing begins after its commit. */
  static final int FIRST_CHUNK = 60;

  /**
   * Lines of a transaction at most: other changes wait for it. Each chunk is a quarter larger than
   * the one before, so that its commit comes before the publisher runs out of work.
   */
  static final int CHUNK = 500;

  private final OwnerCommands commands;
  private final Iterator<Line> lines;
  private final ChangeRunner runner;
  private final AuditContext context;
  private int size = FIRST_CHUNK;
  private Optional<Problem> failed = Optional.empty();

  Batch(OwnerCommands commands, Iterator<Line> lines, boolean dryRun, AuditContext context) {
    this.commands = commands;
    this.lines = lines;
    this.runner = commands.runner(dryRun);
    this.context = context;
  }

  /**
   * Returns the results of the next lines, in their order; none at the end.
   *
   * @throws RuntimeException if the whole chunk fails
   */
  List<BatchResultJson> first() {
    return results(next());
  }

  /** As {@link #first}, for an answer that has begun: a failed chunk is reported in its lines. */
  List<BatchResultJson> following() {
    List<Line> chunk = next();
    if (failed.isEmpty()) {
      try {
        return results(chunk);
      } catch (Refused | Unavailable | InvariantBroken e) {
        failed = Optional.of(FailureMapper.problem(e));
      }
    }
    Problem why = failed.orElseThrow();
    return chunk.stream()
        .map(line -> BatchResultJson.refused(line.number(), line.name(), why))
        .toList();
  }

  private List<Line> next() {
    List<Line> chunk = new ArrayList<>();
    while (lines.hasNext() && chunk.size() < size) {
      chunk.add(lines.next());
    }
    size = Math.min(size + size / 4, CHUNK);
    return chunk;
  }

  private List<BatchResultJson> results(List<Line> chunk) {
    List<AllocateRequest> requests =
        chunk.stream()
            .flatMap(line -> line.fold(Stream::of, reason -> Stream.<AllocateRequest>empty()))
            .toList();
    Iterator<AllocationResult> answers =
        requests.isEmpty()
            ? List.<AllocationResult>of().iterator()
            : commands.allocateAll(requests, runner, context).iterator();
    List<BatchResultJson> results = new ArrayList<>();
    for (Line line : chunk) {
      results.add(
          line.fold(request -> result(line, answers.next()), reason -> refused(line, reason)));
    }
    log(results.stream().flatMap(result -> result.refused().stream()).toList());
    return results;
  }

  /** One line for a chunk, since a batch may have many. */
  private static void log(List<Problem> refused) {
    List<Problem> outside =
        refused.stream().filter(problem -> problem.is(RefusalCode.OUT_OF_SCOPE)).toList();
    if (!outside.isEmpty()) {
      LOG.warn(
          "refused (out-of-scope): {} lines of a batch, the first: {}",
          outside.size(),
          outside.get(0).detail());
    }
  }

  private static BatchResultJson result(Line line, AllocationResult answer) {
    return answer.fold(
        allocated -> BatchResultJson.of(line.number(), allocated),
        refused -> refused(line, refused));
  }

  private static BatchResultJson refused(Line line, RuntimeException refused) {
    return BatchResultJson.refused(line.number(), line.name(), FailureMapper.problem(refused));
  }
}
