/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.imports.NodeFile;
import java.util.List;
import java.util.Optional;

/**
 * The body that imports files of nodes.
 *
 * @param reason why; kept in the events
 * @param files the files; required
 */
public record ImportJson(Optional<String> reason, Optional<List<NodeFileJson>> files) {
  /** The body with every field left out. */
  public static final ImportJson NOTHING = new ImportJson(Optional.empty(), Optional.empty());

  /** Checks the reason's form, as {@link ReasonJson} does. */
  public ImportJson {
    reason.ifPresent(ReasonJson::check);
  }

  /**
   * The files, decoded.
   *
   * @throws Refused if there are none, or one is not complete
   */
  public List<NodeFile> nodeFiles() {
    return files
        .orElseThrow(() -> new Refused(RefusalCode.BAD_REQUEST, "the body has no field \"files\""))
        .stream()
        .map(file -> Optional.ofNullable(file).orElse(NodeFileJson.NOTHING).nodeFile())
        .toList();
  }
}
