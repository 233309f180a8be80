/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.sync.Nsswitch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** N05: the source that libsubid asks for ranges. */
final class SubidSource {
  private static final String NSSWITCH = "/etc/nsswitch.conf";
  private static final String FILES = "files";
  private static final List<String> LIBRARIES =
      List.of(
          "/usr/lib64/",
          "/usr/lib/x86_64-linux-gnu/",
          "/usr/lib/aarch64-linux-gnu/",
          "/usr/lib/powerpc64le-linux-gnu/",
          "/usr/lib/riscv64-linux-gnu/",
          "/usr/local/lib/",
          "/usr/lib/",
          "/lib64/",
          "/lib/");

  private SubidSource() {}

  static CheckOutcome loadable(CheckedNode node) throws Unobservable {
    List<String> sources = Nsswitch.sources(node.host().text(NSSWITCH).orElse(""));
    String source = sources.isEmpty() ? FILES : sources.get(0);
    if (sources.size() > 1) {
      return CheckOutcome.warn(
          "\"subid: %s\" names %d sources; shadow reads only the first"
              .formatted(String.join(" ", sources), sources.size()),
          "Keep one of them.");
    }
    Optional<CheckOutcome> unfit = SubidFiles.problem(node);
    if (unfit.filter(outcome -> outcome.verdict() == Verdict.FAIL).isPresent()) {
      return unfit.get();
    }
    if (source.equals(FILES)) {
      return unfit.isPresent()
          ? unfit.get()
          : CheckOutcome.pass("libsubid reads /etc/subuid and /etc/subgid");
    }
    String library = "libsubid_" + source + ".so";
    Optional<String> path = find(node, library);
    if (path.isEmpty()) {
      return CheckOutcome.fail(
          "\"subid: %s\" asks for %s, which is in none of the usual folders; libsubid then reads the"
                  .formatted(source, library)
              + " files instead",
          "Install %s, or remove the line from %s.".formatted(library, NSSWITCH));
    }
    // shadow 4.16 and later ignores a plugin without this symbol and prints nothing.
    if (!holds(node, path.get(), "shadow_subid_free")) {
      return CheckOutcome.warn(
          path.get() + " has no shadow_subid_free: shadow 4.16 and later ignores it silently",
          "Install a plugin that was built for this shadow.");
    }
    return unfit.isPresent() ? unfit.get() : CheckOutcome.pass("libsubid asks " + path.get());
  }

  private static Optional<String> find(CheckedNode node, String library) throws Unobservable {
    for (String folder : LIBRARIES) {
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
