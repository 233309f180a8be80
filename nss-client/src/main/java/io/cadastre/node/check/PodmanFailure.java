/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.regex.Pattern;

/**
 * The usual errors of {@code podman unshare} and of newuidmap(1), which it runs, in plain words and
 * with the next step. The first one that matches counts: Podman prints the cause before its own
 * general advice.
 */
enum PodmanFailure {
  OWN_ID(
      "includes the user [UG]ID",
      "a range holds the user's own uid or gid, which Podman maps by itself",
      "Do what N06 says: choose a range without the user's own ID."),
  OTHER_GROUP(
      "owned by a different user: .*gid:([0-9]+) pw_gid:(?!\\1 )([0-9]+)",
      "the session runs with another group than the user's primary group (newgrp, sg, setgid), and"
          + " newuidmap refuses that",
      "Leave that shell with exit; or allow it: write \"GRANT_AUX_GROUP_SUBIDS yes\" into"
          + " /etc/login.defs (shadow 4.9 and later)."),
  OTHER_USER(
      "owned by a different user|Cannot determine your user name",
      "newuidmap finds another account for this uid, or none",
      "Compare \"getent passwd UID\" with the account: each account needs a uid of its own, and NSS"
          + " (SSSD) has to know it."),
  OVERFLOW(
      "sub[ug]id overflow detected",
      "a range goes beyond the last ID",
      "Do what N06 says: lower its count."),
  NOT_ALLOWED(
      "[ug]id range \\[.*not allowed",
      "newuidmap does not find the range that Podman asks for: it looks by the name of the account,"
          + " and a plugin by the uid too",
      "Compare \"getsubids NAME\" and the uid of the account with the registry: cadastre-node"
          + " verify. If the ranges have changed, run podman system migrate as the user."),
  OVERLAP(
      "write to [ug]id_map failed: Invalid argument",
      "two ranges of the user overlap, or a row is doubled",
      "Do what N06 says: remove one of the rows."),
  NO_PRIVILEGE(
      "write to [ug]id_map failed: Operation not permitted|should have set[ug]id or have filecaps",
      "newuidmap or newgidmap has no privilege; or this is a container, and its own ID map lacks"
          + " the range",
      "Do what N04 says; in a container choose a range inside /proc/self/uid_map."),
  NO_ACCESS(
      "open of [ug]id_map failed",
      "newuidmap may not open the map: it has lost its file capabilities, as in a copied image or a"
          + " container, or SELinux denies it",
      "Do what N04 says, then look for denials: ausearch -m avc -c newuidmap"),
  NO_CAPABILITY(
      "Could not set caps|Could not seteuid",
      "the session or its unit takes CAP_SETUID or CAP_SETGID away",
      "Add CAP_SETUID CAP_SETGID to CapabilityBoundingSet= of the unit (for a job, that of"
          + " slurmd)."),
  NO_PROGRAM(
      "new[ug]idmap\\W+executable file not found",
      "newuidmap or newgidmap is not installed",
      "Do what N04 says."),
  NO_RANGES(
      "cannot read subids|no sub[ug]id ranges found",
      "libsubid finds no range of the user, or cannot read its source",
      "Do what N05 and N06 say, then run podman system migrate as the user."),
  NO_NAMESPACE(
      "cannot clone|user namespaces are not enabled",
      "the kernel does not create a user namespace",
      "Do what N01, N02 and N03 say."),
  SILENT(
      "cannot set ?up namespace using",
      "newuidmap or newgidmap fails without a message, as shadow before 4.19 does if it cannot open"
          + " /etc/subuid or /etc/subgid",
      "Do what N05 says, then run podman system migrate as the user.");

  private final Pattern message;
  private final String why;
  private final String remedy;

  PodmanFailure(String message, String why, String remedy) {
    this.message = Pattern.compile(message);
    this.why = why;
    this.remedy = remedy;
  }

  /**
   * The outcome for a failure with this output.
   *
   * @param subject what failed, the first words of the message
   */
  static CheckOutcome of(String subject, String output) {
    for (PodmanFailure failure : values()) {
      if (failure.message.matcher(output).find()) {
        return CheckOutcome.fail(
            "%s: %s: %s".formatted(subject, failure.why, output), failure.remedy);
      }
    }
    return CheckOutcome.fail(subject + ": " + output, "Repair what this message names.");
  }

  /** Whether the output tells why Podman maps no ranges although it does not fail. */
  static boolean explains(String output) {
    return NO_RANGES.message.matcher(output).find();
  }
}
