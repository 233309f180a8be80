/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.sync.SyncResult;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.IdType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The result of a sync in words, as a patch or as JSON.
 *
 * @param tree where it ran
 * @param result what it did
 * @param dryRun whether it only would have
 */
record SyncReport(NodeTree tree, SyncResult result, boolean dryRun) {

  /** What an admin should know, for standard error. */
  List<String> warnings() {
    List<String> lines = new ArrayList<>(FindingLines.of(result.warnings()));
    result
        .unavailable()
        .ifPresent(
            why ->
                lines.add(
                    "cadastre-node: warning: %s; serial %d goes on being served"
                        .formatted(why, result.serial())));
    return lines;
  }

  /** What was done, for standard output. */
  List<String> lines() {
    if (dryRun) {
      return result.replaced().stream().flatMap(this::difference).toList();
    }
    String written = String.join(", ", files());
    return List.of(
        "serial %d, %d rows: %s"
            .formatted(
                result.serial(),
                result.rows(),
                written.isEmpty() ? "unchanged" : "wrote " + written));
  }

  /** All of it as a JSON object. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("serial", result.serial());
    object.put("rows", result.rows());
    object.put("dryRun", dryRun);
    object.put("written", files());
    object.put("warnings", result.warnings().stream().map(Json::finding).toList());
    result.unavailable().ifPresent(why -> object.put("unavailable", why));
    return Json.of(object);
  }

  private List<String> files() {
    return result.replaced().stream().map(file -> tree.shown(file.path())).toList();
  }

  /** The rows change; the program's own files follow from them, and are no text to be read. */
  private Stream<String> difference(Replacement file) {
    Path path = file.path();
    if (path.equals(tree.file(IdType.SUBUID)) || path.equals(tree.file(IdType.SUBGID))) {
      return UnifiedDiff.of(tree.shown(path), file.before(), file.after()).stream();
    }
    return path.equals(tree.map())
        ? Stream.of("Binary files %s and %s differ".formatted(tree.shown(path), tree.shown(path)))
        : Stream.of();
  }
}
