/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.ImportRequest;
import java.util.List;
import java.util.Optional;

/**
 * The body that imports files of nodes.
 *
 * @param reason why; kept in the events
 * @param files the files; required
 * @param accounts the accounts that the rows belong to; only for {@code identity.source: caller}
 * @param block whether to block the slots of local rows inside a pool; false if left out
 */
public record ImportJson(
    Optional<String> reason,
    Optional<List<NodeFileJson>> files,
    Optional<List<GivenAccountJson>> accounts,
    Optional<Boolean> block) {
  /** The body with every field left out. */
  public static final ImportJson NOTHING =
      new ImportJson(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public ImportJson {
    reason.ifPresent(ReasonJson::check);
  }

  /**
   * The request, with the files decoded.
   *
   * @throws Refused if there are no files, or a file or an account is not complete
   */
  public ImportRequest request(boolean dryRun) {
    return new ImportRequest(
        files
            .orElseThrow(
                () -> new Refused(RefusalCode.BAD_REQUEST, "the body has no field \"files\""))
            .stream()
            .map(file -> Optional.ofNullable(file).orElse(NodeFileJson.NOTHING).nodeFile())
            .toList(),
        accounts.orElse(List.of()).stream()
            .map(a -> Optional.ofNullable(a).orElse(GivenAccountJson.NOTHING).account())
            .toList(),
        block.orElse(false),
        dryRun);
  }
}
