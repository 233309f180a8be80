/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** N24: what useradd(8) and userdel(8) do with ranges on this node, by the version of shadow. */
final class AccountPrograms {
  private static final String DEFAULT_COUNT = "65536";
  private static final Pattern COUNT = Pattern.compile("(?m)^\\s*SUB_[UG]ID_COUNT\\s+(\\S+)");
  private static final String NO_COUNTS =
      "Write \"SUB_UID_COUNT 0\" and \"SUB_GID_COUNT 0\" into /etc/login.defs.";

  /** Without nsswitch.conf the C library uses the files, and libsubid does too. */
  private static final String USERDEL =
      "Delete a local account where libsubid reads the files: unshare -m sh -c 'mount --bind"
          + " /dev/null /etc/nsswitch.conf && userdel NAME'";

  private AccountPrograms() {}

  static CheckOutcome useradd(CheckedNode node) throws Unobservable {
    if (node.subidSource().equals("files")) {
      return besideFiles(node);
    }
    Optional<ShadowVersion> version = ShadowVersion.detect(node.host());
    if (version.isPresent() && !version.get().failsBesidePlugin()) {
      return CheckOutcome.pass(
          "useradd and userdel of shadow %s leave ranges to the plugin".formatted(version.get()));
    }
    String userdel =
        version
                .map(found -> "userdel of shadow " + found)
                .orElse("the version of shadow is not known; from 4.14 to 4.18 userdel")
            + " exits with 16 and deletes nothing while libsubid asks a plugin";
    return countsNothing(node)
        ? CheckOutcome.warn(userdel, USERDEL)
        : CheckOutcome.warn(
            userdel + "; useradd does so too while SUB_UID_COUNT or SUB_GID_COUNT is not 0",
            NO_COUNTS + " " + USERDEL);
  }

  private static CheckOutcome besideFiles(CheckedNode node) throws Unobservable {
    if (node.nodeState().lastGood().isEmpty()) {
      return CheckOutcome.notApplicable("useradd is the only source of ranges on this node");
    }
    return countsNothing(node)
        ? CheckOutcome.pass("useradd allocates no ranges of its own")
        : CheckOutcome.warn(
            "useradd still allocates ranges of its own (SUB_UID_COUNT or SUB_GID_COUNT is not 0;"
                + " the default is "
                + DEFAULT_COUNT
                + ")",
            NO_COUNTS);
  }

  /** Whether login.defs(5) sets both counts to 0. */
  private static boolean countsNothing(CheckedNode node) throws Unobservable {
    Matcher count = COUNT.matcher(node.host().text("/etc/login.defs").orElse(""));
    boolean all = true;
    int seen = 0;
    while (count.find()) {
      seen++;
      all &= "0".equals(count.group(1));
    }
    return all && seen >= 2;
  }
}
