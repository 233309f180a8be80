/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.imports.NodeFile;
import java.util.List;

/**
 * A request to import files of nodes.
 *
 * @param files the files
 * @param accounts the accounts that the rows belong to; only where {@code identity.source} is
 *     {@code caller}
 * @param block whether to block the slots of local rows
 * @param dryRun whether only to judge
 */
public record ImportRequest(
    List<NodeFile> files, List<GivenAccount> accounts, boolean block, boolean dryRun) {
  /** Copies the lists. */
  public ImportRequest {
    files = List.copyOf(files);
    accounts = List.copyOf(accounts);
  }
}
