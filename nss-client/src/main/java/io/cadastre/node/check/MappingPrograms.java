/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.storage.fitness.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * N04: whether newuidmap(1) and newgidmap(1) have the privilege to write a map. Diskless images
 * lose it easily: a copy has no file capabilities, and no setuid bit if a plain user made it.
 */
final class MappingPrograms {
  private static final List<String> FOLDERS = List.of("/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/");

  private MappingPrograms() {}

  static CheckOutcome privileged(CheckedNode node) throws Unobservable {
    CheckOutcome uids = privileged(node, "newuidmap", "cap_setuid");
    CheckOutcome gids = privileged(node, "newgidmap", "cap_setgid");
    if (uids.verdict() != Verdict.PASS || gids.verdict() != Verdict.PASS) {
      return uids.verdict() == Verdict.PASS ? gids : uids;
    }
    if (node.host().text("/proc/self/status").orElse("").contains("NoNewPrivs:\t1")) {
      return CheckOutcome.fail(
          "no_new_privs is set for this session: setuid and file capabilities have no effect in it",
          "Look for NoNewPrivileges= in the unit of the session (for a job, that of slurmd).");
    }
    return CheckOutcome.pass(uids.why() + "; " + gids.why());
  }

  private static CheckOutcome privileged(CheckedNode node, String program, String capability)
      throws Unobservable {
    Optional<String> found = find(node, program);
    if (found.isEmpty()) {
      return CheckOutcome.fail(
          "there is no " + program,
          "Install it: package uidmap on Debian and Ubuntu, shadow-utils elsewhere.");
    }
    String path = found.get();
    Optional<Mount> mount = node.mounts().flatMap(table -> table.holding(path));
    if (mount.filter(m -> m.options().contains("nosuid")).isPresent()) {
      return CheckOutcome.fail(
          "%s is on %s, which is mounted nosuid".formatted(path, mount.get().point()),
          "Mount it without nosuid.");
    }
    Permissions permissions = node.host().permissions(path).orElseThrow();
    if (permissions.setuid()) {
      return permissions.uid() == 0
          ? CheckOutcome.pass(program + " is setuid root")
          : CheckOutcome.fail(
              "%s is setuid, but its owner is uid %d".formatted(path, permissions.uid()),
              "chown root " + path + " && chmod u+s " + path);
    }
    return capable(node, path, capability)
        ? CheckOutcome.pass(program + " has " + capability)
        : CheckOutcome.fail(
            "%s is not setuid root and does not have %s".formatted(path, capability),
            "setcap %s+ep %s, or chmod u+s %s".formatted(capability, path, path));
  }

  private static Optional<String> find(CheckedNode node, String program) throws Unobservable {
    for (String folder : FOLDERS) {
      if (node.host().exists(folder + program)) {
        return Optional.of(folder + program);
      }
    }
    return Optional.empty();
  }

  /** Asks getcap(8): Java reads only attributes of the user namespace. */
  private static boolean capable(CheckedNode node, String path, String capability)
      throws Unobservable {
    Path at = node.host().resolve(path);
    Path real = node.host().real(at).orElse(at);
    ProgramResult result = SystemPrograms.run("getcap", real.toString());
    if (result.status() != 0) {
      throw new Unobservable("getcap says of %s: %s".formatted(path, result.output().strip()));
    }
    return result.output().matches("(?s).*\\b" + capability + "[,=+].*");
  }
}
