/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.sync.Nsswitch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * N05 and N24: the source that libsubid asks for ranges, and whether useradd still allocates ranges
 * of its own.
 */
final class SubidSource {
  private static final String NSSWITCH = "/etc/nsswitch.conf";
  private static final String FILES = "files";
  private static final String DEFAULT_COUNT = "65536";
  private static final Pattern COUNT = Pattern.compile("(?m)^\\s*SUB_[UG]ID_COUNT\\s+(\\S+)");
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
    if (source.equals(FILES)) {
      return CheckOutcome.pass("libsubid reads /etc/subuid and /etc/subgid");
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
    return CheckOutcome.pass("libsubid asks " + path.get());
  }

  static CheckOutcome useradd(CheckedNode node) throws Unobservable {
    String source = node.subidSource();
    if (source.equals(FILES) && node.nodeState().lastGood().isEmpty()) {
      return CheckOutcome.notApplicable("useradd is the only source of ranges on this node");
    }
    Matcher count = COUNT.matcher(node.host().text("/etc/login.defs").orElse(""));
    boolean all = true;
    int seen = 0;
    while (count.find()) {
      seen++;
      all &= "0".equals(count.group(1));
    }
    return all && seen >= 2
        ? CheckOutcome.pass("useradd allocates no ranges of its own")
        : CheckOutcome.warn(
            "useradd still allocates ranges of its own (SUB_UID_COUNT or SUB_GID_COUNT is not 0; the"
                + " default is "
                + DEFAULT_COUNT
                + ")",
            "Write \"SUB_UID_COUNT 0\" and \"SUB_GID_COUNT 0\" into /etc/login.defs.");
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
