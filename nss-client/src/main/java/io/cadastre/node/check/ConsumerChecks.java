/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.render.ManagedFile.OwnerKey;
import io.cadastre.node.settings.NodeSettings.Mode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * N30: programs on this node that do not ask libsubid, and what they do in its mode. A program is
 * judged by its file, not by running it, so that an image is judged as a running node is.
 */
final class ConsumerChecks {
  private ConsumerChecks() {}

  static CheckOutcome unserved(CheckedNode node) throws Unobservable {
    if (node.nodeState().lastGood().isEmpty()) {
      return CheckOutcome.notApplicable("there is no stored snapshot");
    }
    boolean plugin = node.settings().mode() == Mode.PLUGIN;
    boolean byName = !plugin && node.settings().owners() == OwnerKey.NAME;
    List<String> unserved = new ArrayList<>();
    Set<String> remedies = new LinkedHashSet<>();
    for (RangeConsumer program : RangeConsumer.values()) {
      String does = plugin ? program.inPlugin() : byName ? program.byName() : program.byUid();
      Optional<String> path = does.isEmpty() ? Optional.empty() : find(node, program);
      if (path.isPresent() && !(byName && findsOnce(node))) {
        unserved.add("%s (%s) %s".formatted(program.title(), path.get(), does));
        if (!program.everywhere()) {
          remedies.add(program.remedy());
        }
      }
    }
    String mode = plugin ? "mode = plugin" : byName ? "owners = name" : "owners = uid";
    if (!remedies.isEmpty()) {
      return CheckOutcome.warn(
          "with %s, %s".formatted(mode, String.join("; ", unserved)), String.join(" ", remedies));
    }
    return CheckOutcome.pass(
        byName
            ? "/etc/subuid and /etc/subgid name all owners, for programs that read the files too"
            : "%s serves the programs on this node%s".formatted(mode, but(plugin)));
  }

  /** Whether a program that asks for the name and for the uid is answered only once. */
  private static boolean findsOnce(CheckedNode node) {
    return ShadowVersion.detect(node.host())
        .filter(version -> !version.findsNamesByUid())
        .isPresent();
  }

  private static String but(boolean plugin) {
    RangeConsumer unshare = RangeConsumer.UNSHARE;
    return plugin ? "; but %s %s".formatted(unshare.title(), unshare.inPlugin()) : "";
  }

  /** The first path with a version of the program that does not ask libsubid. */
  private static Optional<String> find(CheckedNode node, RangeConsumer program)
      throws Unobservable {
    for (String path : program.paths()) {
      if (node.host().exists(path) && !asks(node, program, path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** Whether a file is a version that asks libsubid, or a wrapper, which says nothing. */
  private static boolean asks(CheckedNode node, RangeConsumer program, String path)
      throws Unobservable {
    if (program.mark().isEmpty()) {
      return false;
    }
    byte[] bytes = node.host().bytes(path, program.markWithin()).orElse(new byte[0]);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.contains(program.mark()) || (text.startsWith("#!") && !program.script());
  }
}
