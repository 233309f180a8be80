/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidFile;

/**
 * A file of a node.
 *
 * @param node the name of the node, for findings
 * @param type whether it is /etc/subuid or /etc/subgid
 * @param file its content
 */
public record NodeFile(String node, IdType type, SubidFile file) {
  /** {@code node:/etc/subuid:line}, lines counted from 1. */
  String place(int line) {
    return "%s:%d".formatted(name(), line);
  }

  /** {@code node:/etc/subuid}. */
  String name() {
    return "%s:/etc/%s".formatted(node, type.word());
  }
}
