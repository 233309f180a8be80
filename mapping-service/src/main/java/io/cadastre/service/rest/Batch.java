/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.BatchResultJson;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.InvariantBroken;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.DryRun;
import io.cadastre.service.registry.AllocateRequest;
import io.cadastre.service.registry.BatchLine;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.rest.BatchReader.Line;
import io.cadastre.service.rest.http.FailureMapper;
import io.cadastre.service.rest.http.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * One batch, chunk by chunk: a chunk is one transaction, and its results are the client's before
 * the next one begins. When a chunk fails as a whole, the lines after it are not tried any more:
 * each says why. Used by one thread.
 */
final class Batch {
  /** Lines of the first transaction: publishing begins when it is done. */
  static final int FIRST_CHUNK = 60;

  /**
   * Lines of a transaction at most: others wait while it lasts. Each has a quarter more than the
   * one before, so that it is done before those are published.
   */
  static final int CHUNK = 500;

  private final OwnerCommands registry;
  private final Iterator<Line> lines;
  private final Optional<DryRun> dryRun;
  private final AuditContext context;
  private int size = FIRST_CHUNK;
  private Optional<Problem> failed = Optional.empty();

  Batch(OwnerCommands registry, Iterator<Line> lines, boolean dryRun, AuditContext context) {
    this.registry = registry;
    this.lines = lines;
    this.dryRun = dryRun ? Optional.of(registry.dryRun()) : Optional.empty();
    this.context = context;
  }

  /**
   * The results of the next lines, in their order; none at the end.
   *
   * @throws RuntimeException what stopped the whole chunk
   */
  List<BatchResultJson> first() {
    return results(next());
  }

  /** As {@link #first}, for an answer that has begun: what stops a chunk is said in its lines. */
  List<BatchResultJson> following() {
    List<Line> chunk = next();
    if (failed.isEmpty()) {
      try {
        return results(chunk);
      } catch (Refused | Unavailable | DirectoryUnavailable | InvariantBroken e) {
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
    List<AllocateRequest> requests = chunk.stream().flatMap(l -> l.request().stream()).toList();
    Iterator<BatchLine> answers =
        requests.isEmpty()
            ? List.<BatchLine>of().iterator()
            : registry.allocateAll(requests, dryRun, context).iterator();
    List<BatchResultJson> results = new ArrayList<>();
    for (Line line : chunk) {
      results.add(
          line.refused()
              .map(refused -> refused(line, refused))
              .orElseGet(() -> result(line, answers.next())));
    }
    return results;
  }

  private static BatchResultJson result(Line line, BatchLine answer) {
    return answer
        .granted()
        .map(granted -> BatchResultJson.granted(line.number(), granted))
        .orElseGet(() -> refused(line, answer.refused().orElseThrow()));
  }

  private static BatchResultJson refused(Line line, RuntimeException refused) {
    return BatchResultJson.refused(line.number(), line.name(), FailureMapper.problem(refused));
  }
}
