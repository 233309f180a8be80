/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Limits;
import io.cadastre.node.check.SystemPrograms.ProgramResult;
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
 * The results of acting as the user: the user namespace that Podman creates, and a chown in it. The
 * user chooses what Podman starts and prints ({@link UserProgram}). Podman's pause process remains,
 * as after any Podman call, since containers of the user may have joined it. The temporary file is
 * removed.
 *
 * @param output all output, for messages
 * @param uidMap the rows of uid_map, {@code inside outside count}; empty if Podman failed
 * @param giving the result of the chown; empty if it was not tried, or failed because of the map
 */
record Probe(String output, List<String> uidMap, Optional<Giving> giving) {
  /** $1 is the folder. chown(1) prints the error of the kernel in the C locale. */
  private static final String SCRIPT =
      """
      sed 's/^/map /' /proc/self/uid_map
      folder=$(mktemp -d "$1/.cadastre-probe.XXXXXX") || exit
      trap 'rm -rf "$folder"' EXIT
      : >"$folder/file"
      chown 1:1 "$folder/file"
      stat -c 'owner %u:%g' "$folder/file"
      """;

  /** Podman prints less than this, and matching more would take long. */
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(60), 1 << 16);

  /** The limit of the kernel, user_namespaces(7). */
  private static final int MAX_ROWS = 340;

  private static final int MAX_OUTPUT = 2000;

  private static final String FAILS = "podman unshare fails";
  private static final String ONLY_OWN = "Podman maps only the user's own uid";

  private static final Pattern MAP = Pattern.compile("(?m)^map +([0-9]+) +([0-9]+) +([0-9]+)$");
  private static final Pattern REFUSED =
      Pattern.compile(
          "chown: changing ownership .{0,4200}: (Operation not permitted|Permission denied)");

  /** Copies the list. */
  Probe {
    uidMap = List.copyOf(uidMap);
  }

  /**
   * Acts as the user, below a folder.
   *
   * @param environment the environment of the user
   * @param self whether the user is the caller; otherwise the caller must be root
   */
  static Probe run(UserAccount user, Map<String, String> environment, boolean self, String folder) {
    List<String> command =
        List.of("podman", "unshare", "sh", "-c", SCRIPT, "cadastre-probe", folder);
    try {
      return of(UserProgram.run(user, self, environment, command, LIMITS));
    } catch (Unobservable e) {
      return new Probe(String.valueOf(e.getMessage()), List.of(), Optional.empty());
    }
  }

  /** Parses the output, which may come from a program of the user instead of the script. */
  static Probe of(ProgramResult result) {
    List<String> map = new ArrayList<>();
    Matcher row = MAP.matcher(result.output());
    while (map.size() < MAX_ROWS && row.find()) {
      map.add("%s %s %s".formatted(row.group(1), row.group(2), row.group(3)));
    }
    Optional<Giving> giving = Optional.empty();
    if (result.output().contains("owner 1:1\n")) {
      giving = Optional.of(Giving.ALLOWED);
    } else if (REFUSED.matcher(result.output()).find()) {
      giving = Optional.of(Giving.REFUSED);
    }
    String output = result.output().strip();
    return new Probe(
        output.length() > MAX_OUTPUT ? output.substring(0, MAX_OUTPUT) + " ..." : output,
        map,
        giving);
  }

  /** N09: whether Podman maps the ranges that libsubid returns. */
  CheckOutcome linked(List<IdRange> ranges) {
    if (uidMap.isEmpty()) {
      return PodmanFailure.of(FAILS, output);
    }
    if (ranges.isEmpty()) {
      return CheckOutcome.notApplicable("the user has no ranges to map");
    }
    if (uidMap.size() == 1 && PodmanFailure.explains(output)) {
      return PodmanFailure.of(ONLY_OWN, output);
    }
    return uidMap.size() > 1
        ? CheckOutcome.pass("Podman maps the user's ranges")
        : CheckOutcome.fail(
            "libsubid returns the user's ranges, but Podman maps only the user's own uid: it is not"
                + " linked to libsubid, or its pause process is older than the ranges",
            "Run podman system migrate as the user; if that does not help, install a Podman built"
                + " with libsubid.");
  }

  /**
   * N10: whether uid_map is the uid of the user and then the ranges, which Podman sorts by start.
   */
  CheckOutcome mapped(UserAccount user, List<IdRange> ranges) {
    if (uidMap.isEmpty()) {
      return PodmanFailure.of(FAILS, output);
    }
    List<String> wanted = new ArrayList<>(List.of("0 %d 1".formatted(user.uid())));
    long inside = 1;
    for (IdRange range : ranges.stream().sorted().toList()) {
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

  /** N17: whether a file can be given to a subordinate ID. */
  CheckOutcome chown(List<IdRange> ranges) {
    if (giving.equals(Optional.of(Giving.ALLOWED))) {
      return CheckOutcome.pass("the owner of a file was changed to a subordinate ID");
    }
    if (giving.isPresent()) {
      return CheckOutcome.fail(
          "the file system refuses a chown to a subordinate ID (operation not permitted)",
          "Move graphroot to a local file system, or set ignore_chown_errors (N14). On Lustre look"
              + " at identity upcall and nodemap.");
    }
    return ranges.isEmpty()
        ? CheckOutcome.notApplicable("the user has no subordinate IDs to give a file to")
        : CheckOutcome.unknown("the chown could not be tried: " + output);
  }
}
