/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.node.check.SystemPrograms.Limits;
import io.cadastre.storage.fitness.FileSystem.Giving;
import io.cadastre.subid.IdRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What acting as the user has shown: the map of his user namespace as Podman makes it, and a chown
 * in it. What Podman starts and prints is the user's choice ({@link UserProgram}). Podman's pause
 * process stays behind, as after any Podman call: the user's containers may be in it by then. The
 * file does not stay.
 *
 * @param said all that was said, for the messages
 * @param uidMap the rows of his uid_map, {@code inside outside count}; empty if Podman failed
 * @param giving what became of the chown; empty if it was not tried, or his map was to blame
 */
record Probe(String said, List<String> uidMap, Optional<Giving> giving) {
  /** The folder is $1; chown(1) says in plain C what the kernel answered. */
  private static final String SCRIPT =
      """
      sed 's/^/map /' /proc/self/uid_map
      folder=$(mktemp -d "$1/.cadastre-probe.XXXXXX") || exit
      trap 'rm -rf "$folder"' EXIT
      : >"$folder/file"
      chown 1:1 "$folder/file"
      stat -c 'owner %u:%g' "$folder/file"
      """;

  /** Longer output is no Podman's, and matching it would take long. */
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 1 << 16);

  /** The kernel takes no more, user_namespaces(7). */
  private static final int MOST_ROWS = 340;

  private static final int MOST_SAID = 2000;

  private static final Pattern MAP = Pattern.compile("(?m)^map +([0-9]+) +([0-9]+) +([0-9]+)$");
  private static final Pattern REFUSED =
      Pattern.compile(
          "chown: changing ownership .{0,4200}: (Operation not permitted|Permission denied)");

  /** Copies the list. */
  Probe {
    uidMap = List.copyOf(uidMap);
  }

  /**
   * Acts as the user, below this folder.
   *
   * @param environment his
   * @param self whether it is he who calls us; else we have to be root
   */
  static Probe of(UserAccount user, Map<String, String> environment, boolean self, String folder) {
    List<String> command =
        List.of("podman", "unshare", "sh", "-c", SCRIPT, "cadastre-probe", folder);
    try {
      return of(UserProgram.run(user, self, environment, command, LIMITS));
    } catch (Unobservable e) {
      return new Probe(String.valueOf(e.getMessage()), List.of(), Optional.empty());
    }
  }

  /** Judges what the script printed, if it was the script. */
  static Probe of(Answer answer) {
    List<String> map = new ArrayList<>();
    Matcher row = MAP.matcher(answer.said());
    while (map.size() < MOST_ROWS && row.find()) {
      map.add("%s %s %s".formatted(row.group(1), row.group(2), row.group(3)));
    }
    Optional<Giving> giving = Optional.empty();
    if (answer.said().contains("owner 1:1\n")) {
      giving = Optional.of(Giving.ALLOWED);
    } else if (REFUSED.matcher(answer.said()).find()) {
      giving = Optional.of(Giving.REFUSED);
    }
    String said = answer.said().strip();
    return new Probe(
        said.length() > MOST_SAID ? said.substring(0, MOST_SAID) + " ..." : said, map, giving);
  }

  /** N09: his ranges are known, but Podman maps none of them. */
  CheckOutcome linked(List<IdRange> ranges) {
    if (uidMap.isEmpty()) {
      return CheckOutcome.fail("podman unshare fails: " + said, "Mend what it says.");
    }
    if (ranges.isEmpty()) {
      return CheckOutcome.notApplicable("the user has no ranges to map");
    }
    return uidMap.size() > 1
        ? CheckOutcome.pass("Podman maps the user's ranges")
        : CheckOutcome.fail(
            "libsubid knows the user's ranges, but Podman maps his own uid alone: it is not linked to"
                + " libsubid, or its pause process is older than the ranges",
            "Run podman system migrate as the user; else install a Podman built with libsubid.");
  }

  /** N10: the map is what it has to be. */
  CheckOutcome mapped(UserAccount user, List<IdRange> ranges) {
    if (uidMap.isEmpty()) {
      return CheckOutcome.fail("podman unshare fails: " + said, "Mend what it says.");
    }
    List<String> wanted = new ArrayList<>(List.of("0 %d 1".formatted(user.uid())));
    long inside = 1;
    for (IdRange range : ranges) {
      wanted.add("%d %d %d".formatted(inside, range.start(), range.count()));
      inside += range.count();
    }
    return uidMap.equals(wanted)
        ? CheckOutcome.pass("uid_map is " + String.join(", ", uidMap))
        : CheckOutcome.fail(
            "uid_map is %s, and should be %s"
                .formatted(String.join(", ", uidMap), String.join(", ", wanted)),
            "Run podman system migrate as the user.");
  }

  /** N17: a chown to a subordinate ID. */
  CheckOutcome chown(List<IdRange> ranges) {
    if (giving.equals(Optional.of(Giving.ALLOWED))) {
      return CheckOutcome.pass("a file was given to a subordinate ID");
    }
    if (giving.isPresent()) {
      return CheckOutcome.fail(
          "the file system refuses a chown to a subordinate ID (operation not permitted)",
          "Move graphroot to a local file system, or set ignore_chown_errors (N14). On Lustre look at"
              + " identity upcall and nodemap.");
    }
    return ranges.isEmpty()
        ? CheckOutcome.notApplicable("the user has no subordinate IDs to give a file to")
        : CheckOutcome.unknown("the chown could not be tried: " + said);
  }
}
