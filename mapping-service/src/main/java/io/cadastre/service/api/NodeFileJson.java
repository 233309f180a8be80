/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.imports.NodeFile;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SubidFile;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of a node; all fields are required.
 *
 * @param node the node's name
 * @param type {@code subuid} or {@code subgid}
 * @param content its bytes in base64: they may be in any encoding
 */
public record NodeFileJson(Optional<String> node, Optional<String> type, Optional<String> content) {
  /** The file with every field left out, which stands for a null. */
  static final NodeFileJson NOTHING =
      new NodeFileJson(Optional.empty(), Optional.empty(), Optional.empty());

  /** A file with these bytes. */
  public static NodeFileJson of(String node, IdType type, byte[] content) {
    return new NodeFileJson(
        Optional.of(node),
        Optional.of(type.word()),
        Optional.of(Base64.getEncoder().encodeToString(content)));
  }

  NodeFile nodeFile() {
    return new NodeFile(
        required("node", node),
        idType(required("type", type)),
        SubidFile.decode(decoded(required("content", content))));
  }

  private static String required(String field, Optional<String> value) {
    return value.orElseThrow(() -> refused("a file has no field \"%s\"".formatted(field)));
  }

  private static IdType idType(String word) {
    return Stream.of(IdType.values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> refused("the type \"%s\" is refused: it is subuid or subgid".formatted(word)));
  }

  private static byte[] decoded(String content) {
    try {
      return Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw refused("the content of a file is not base64: " + e.getMessage());
    }
  }

  private static Refused refused(String why) {
    return new Refused(RefusalCode.BAD_REQUEST, why);
  }
}
