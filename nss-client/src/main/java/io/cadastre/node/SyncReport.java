/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.json.Json;
import io.cadastre.node.sync.Sync;
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
 * The result of a sync as text, as a patch or as JSON.
 *
 * @param tree the tree of the node
 * @param result the result
 * @param dryRun whether nothing was written
 */
record SyncReport(NodeTree tree, Sync.Result result, boolean dryRun) {

  /** Prints warnings to standard error, then what was written; the patch in a dry run. */
  void print(Terminal terminal) {
    terminal.findings(result.warnings());
    terminal.holds(result.held(), result.serial());
    if (result.unavailable().isPresent()) {
      terminal.error(
          "warning: %s; serial %d is still served"
              .formatted(result.unavailable().get(), result.serial()));
    }
    if (dryRun) {
      // patch(1) reads these lines.
      result.replaced().stream().flatMap(this::difference).forEach(terminal::exact);
      return;
    }
    StringBuilder line = new StringBuilder("serial ").append(result.serial());
    line.append(", ").append(result.rows()).append(" rows");
    if (result.holds() > 0) {
      line.append(" (").append(result.holds()).append(" held)");
    }
    line.append(result.replaced().isEmpty() ? ": unchanged" : ": wrote ");
    terminal.line(line.append(String.join(", ", files())).toString());
  }

  /** The result as a JSON object. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("serial", result.serial());
    object.put("rows", result.rows());
    object.put("dryRun", dryRun);
    object.put("written", files());
    object.put("warnings", result.warnings().stream().map(Json::finding).toList());
    object.put("holds", result.holds());
    object.put("held", result.held().stream().map(Json::hold).toList());
    result.unavailable().ifPresent(why -> object.put("unavailable", why));
    return Json.of(object);
  }

  private List<String> files() {
    List<String> files = new ArrayList<>();
    for (Replacement file : result.replaced()) {
      files.add(tree.shown(file.path()));
    }
    return files;
  }

  /**
   * Shows changes of rows. The state and the snapshot follow from them and are not text for people.
   */
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
