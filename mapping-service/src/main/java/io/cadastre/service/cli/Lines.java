/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AllocationJson;
import io.cadastre.service.api.BatchResultJson;
import io.cadastre.service.api.FindingJson;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.api.OwnerJson;
import io.cadastre.service.api.RangeJson;
import io.cadastre.subid.Finding;
import java.util.List;
import java.util.Optional;

/** Formats the service's answers as lines for people. */
final class Lines {
  private Lines() {}

  /** {@code zoe (uid 1001): subuid 1001062400:65536, subgid 1001062400:65536, active}. */
  static String allocation(OwnerJson owner, AllocationJson allocation) {
    return "%s: subuid %s, subgid %s, %s"
        .formatted(
            owner(owner),
            range(allocation.subuid()),
            range(allocation.subgid()),
            allocation.state());
  }

  static String allocation(HoldingJson holding) {
    return allocation(holding.owner(), holding.allocation());
  }

  /** {@code zoe (uid 1001)}. */
  static String owner(OwnerJson owner) {
    return "%s (uid %d)".formatted(owner.name(), owner.uidNumber());
  }

  static String range(RangeJson range) {
    return range.start() + ":" + range.count();
  }

  static String ranges(List<RangeJson> ranges) {
    return ranges.stream().map(Lines::range).toList().toString();
  }

  static String batchResult(BatchResultJson result) {
    return result
        .refused()
        .map(problem -> result.name().orElse("") + " refused: " + problem.detail())
        .orElseGet(
            () ->
                result.outcome().orElseThrow()
                    + " "
                    + allocation(result.owner().orElseThrow(), result.allocation().orElseThrow()));
  }

  /** What an adoption did to the tokens with these names; empty if there are none. */
  static Optional<String> suspended(List<String> tokens, boolean dryRun) {
    return tokens.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d tokens %s, since an old backup may have revived one that was revoked: %s. Each is valid again after \"cadastre token confirm NAME\", for which the bootstrap token is needed"
                .formatted(
                    tokens.size(),
                    dryRun ? "would be suspended" : "are suspended",
                    String.join(", ", tokens)));
  }

  static String finding(FindingJson finding) {
    return "%s %s %s: %s -> %s"
        .formatted(
            finding.severity(),
            finding.rule(),
            finding.subject(),
            finding.message(),
            finding.remedy());
  }

  static String finding(Finding finding) {
    return finding(FindingJson.of(finding));
  }
}
