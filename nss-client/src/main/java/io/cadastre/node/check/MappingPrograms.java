/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.storage.fitness.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * N04: whether newuidmap(1) and newgidmap(1) have the privilege to write a map. Diskless images
 * lose it easily: a copy keeps neither file capabilities nor, made by a plain user, the setuid bit.
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
    if (node.sight().text("/proc/self/status").orElse("").contains("NoNewPrivs:\t1")) {
      return CheckOutcome.fail(
          "no_new_privs is set for this session: setuid and file capabilities have no effect in it",
          "Look for NoNewPrivileges= in the unit that the session runs under (slurmd's, for a"
              + " job).");
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
          "%s lies on %s, which is mounted nosuid".formatted(path, mount.get().point()),
          "Mount it without nosuid.");
    }
    Permissions permissions = node.sight().permissions(path).orElseThrow();
    if (permissions.setuid()) {
      return permissions.uid() == 0
          ? CheckOutcome.pass(program + " is setuid root")
          : CheckOutcome.fail(
              "%s is setuid, but belongs to uid %d".formatted(path, permissions.uid()),
              "chown root " + path + " && chmod u+s " + path);
    }
    return capable(node, path, capability)
        ? CheckOutcome.pass(program + " has " + capability)
        : CheckOutcome.fail(
            "%s is neither setuid root nor has it %s".formatted(path, capability),
            "setcap %s+ep %s, or chmod u+s %s".formatted(capability, path, path));
  }

  private static Optional<String> find(CheckedNode node, String program) throws Unobservable {
    for (String folder : FOLDERS) {
      if (node.sight().exists(folder + program)) {
        return Optional.of(folder + program);
      }
    }
    return Optional.empty();
  }

  /** Java reads attributes of the user namespace only; getcap(8) reads the one that counts. */
  private static boolean capable(CheckedNode node, String path, String capability)
      throws Unobservable {
    Path at = node.sight().at(path);
    Path real = node.sight().real(at).orElse(at);
    Answer answer = SystemPrograms.run("getcap", real.toString());
    if (answer.status() != 0) {
      throw new Unobservable("getcap says of %s: %s".formatted(path, answer.said().strip()));
    }
    return answer.said().matches("(?s).*\\b" + capability + "[,=+].*");
  }
}
