/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of shadow that is installed on a node: newuidmap, useradd and the others print none,
 * so the package says it.
 *
 * @param major the first number
 * @param minor the second number
 */
record ShadowVersion(int major, int minor) {
  /**
   * Before, sub_uid_add and sub_uid_remove returned an error that their callers took for success.
   */
  private static final int REFUSES = 14;

  /** From this one on no program opens /etc/subuid beside a plugin (want_subuid_file). */
  private static final int LEAVES_FILES = 19;

  /** From this one on a look-up in the files by uid finds a row by name (is_same_user). */
  private static final int SAME_USER = 20;

  private static final int MAJOR = 4;

  /** The epoch of Debian's packages comes first. */
  private static final Pattern VERSION =
      Pattern.compile("(?m)^(?:[0-9]{1,3}:)?([0-9]{1,3})\\.([0-9]{1,3})");

  private static final Pattern DPKG =
      Pattern.compile("(?m)^Package: passwd\n(?:.+\n)*?Version: (.+)$");
  private static final Pattern APK = Pattern.compile("(?m)^P:shadow\n(?:.+\n)*?V:(.+)$");

  /** Asks the database of the packages: dpkg's, apk's, or on the running system rpm's. */
  static Optional<ShadowVersion> detect(HostInspector host) {
    try {
      Optional<ShadowVersion> found = find(DPKG, host.text("/var/lib/dpkg/status").orElse(""));
      if (found.isEmpty()) {
        found = find(APK, host.text("/lib/apk/db/installed").orElse(""));
      }
      return found.isEmpty() && host.live() && host.exists("/usr/bin/rpm") ? rpm() : found;
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }

  private static Optional<ShadowVersion> rpm() throws Unobservable {
    // shadow-utils on Fedora and RHEL, shadow on openSUSE; rpm says of the other that it is not
    // installed.
    ProgramResult result =
        SystemPrograms.run("rpm", "-q", "--qf", "%{VERSION}\\n", "shadow-utils", "shadow");
    return parse(result.output());
  }

  private static Optional<ShadowVersion> find(Pattern pattern, String database) {
    Matcher found = pattern.matcher(database);
    return found.find() ? parse(found.group(1)) : Optional.empty();
  }

  private static Optional<ShadowVersion> parse(String text) {
    Matcher version = VERSION.matcher(text);
    return version.find()
        ? Optional.of(
            new ShadowVersion(
                Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))))
        : Optional.empty();
  }

  /**
   * Whether useradd and userdel fail beside a plugin: 4.14 to 4.18 edit /etc/subuid all the same,
   * and the plugin's presence makes that an error.
   */
  boolean failsBesidePlugin() {
    return isFrom(REFUSES) && !leavesFilesToThePlugin();
  }

  /** Whether its programs do without /etc/subuid beside a plugin. */
  boolean leavesFilesToThePlugin() {
    return isFrom(LEAVES_FILES);
  }

  /** Whether getsubids(1), asked for a uid, answers from a row of /etc/subuid with the name. */
  boolean findsNamesByUid() {
    return isFrom(SAME_USER);
  }

  private boolean isFrom(int first) {
    return major > MAJOR || (major == MAJOR && minor >= first);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
