/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.sync.Nsswitch;
import io.cadastre.node.sync.PluginFitness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** N05: the source that libsubid asks for ranges. */
final class SubidSource {
  private static final String NSSWITCH = "/etc/nsswitch.conf";
  private static final String FILES = "files";

  private SubidSource() {}

  static CheckOutcome loadable(CheckedNode node) throws Unobservable {
    List<String> sources = Nsswitch.sources(node.host().text(NSSWITCH).orElse(""));
    String source = sources.isEmpty() ? FILES : sources.get(0);
    List<CheckOutcome> problems = new ArrayList<>(SubidFiles.problems(node));
    String library = "libsubid_" + source + ".so";
    Optional<String> path = source.equals(FILES) ? Optional.empty() : find(node, library);
    if (!source.equals(FILES)) {
      unfit(node, source, library, path).ifPresent(problems::add);
    }
    if (sources.size() > 1) {
      problems.add(
          CheckOutcome.warn(
              "\"subid: %s\" names %d sources; shadow reads only the first"
                  .formatted(String.join(" ", sources), sources.size()),
              "Keep one of them."));
    }
    return CheckOutcome.worst(problems)
        .orElseGet(
            () ->
                CheckOutcome.pass(
                    path.map(found -> "libsubid asks " + found)
                        .orElse("libsubid reads /etc/subuid and /etc/subgid")));
  }

  /** What is wrong with a plugin; empty if shadow loads it. */
  private static Optional<CheckOutcome> unfit(
      CheckedNode node, String source, String library, Optional<String> path) throws Unobservable {
    if (path.isEmpty()) {
      return Optional.of(
          CheckOutcome.fail(
              "\"subid: %s\" asks for %s, which is in none of the usual folders; libsubid then reads"
                      .formatted(source, library)
                  + " the files instead",
              "Install %s, or remove the line from %s.".formatted(library, NSSWITCH)));
    }
    // shadow 4.16 and later ignores a plugin without this symbol and prints nothing.
    return holds(node, path.get(), "shadow_subid_free")
        ? Optional.empty()
        : Optional.of(
            CheckOutcome.warn(
                path.get() + " has no shadow_subid_free: shadow 4.16 and later ignores it silently",
                "Install a plugin that was built for this shadow."));
  }

  private static Optional<String> find(CheckedNode node, String library) throws Unobservable {
    for (String folder : PluginFitness.LIBRARY_FOLDERS) {
      if (node.host().exists(folder + library)) {
        return Optional.of(folder + library);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(CheckedNode node, String path, String symbol) throws Unobservable {
    return new String(node.host().bytes(path).orElseThrow(), StandardCharsets.ISO_8859_1)
        .contains(symbol);
  }
}
