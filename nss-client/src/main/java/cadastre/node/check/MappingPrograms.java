/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import cadastre.node.check.Commands.Answer;
import cadastre.subid.fitness.Mount;
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

  static Outcome privileged(Node node) throws Unseen {
    Outcome uids = privileged(node, "newuidmap", "cap_setuid");
    Outcome gids = privileged(node, "newgidmap", "cap_setgid");
    if (uids.verdict() != Verdict.PASS || gids.verdict() != Verdict.PASS) {
      return uids.verdict() == Verdict.PASS ? gids : uids;
    }
    if (node.sight().text("/proc/self/status").orElse("").contains("NoNewPrivs:\t1")) {
      return Outcome.fail(
          "no_new_privs is set for this session: setuid and file capabilities have no effect in it",
          "Look for NoNewPrivileges= in the unit that the session runs under (slurmd's, for a"
              + " job).");
    }
    return Outcome.pass(uids.why() + "; " + gids.why());
  }

  private static Outcome privileged(Node node, String program, String capability) throws Unseen {
    Optional<String> found = find(node, program);
    if (found.isEmpty()) {
      return Outcome.fail(
          "there is no " + program,
          "Install it: package uidmap on Debian and Ubuntu, shadow-utils elsewhere.");
    }
    String path = found.get();
    Optional<Mount> mount = node.mounts().flatMap(table -> table.holding(path));
    if (mount.filter(m -> m.options().contains("nosuid")).isPresent()) {
      return Outcome.fail(
          "%s lies on %s, which is mounted nosuid".formatted(path, mount.get().point()),
          "Mount it without nosuid.");
    }
    Permissions permissions = node.sight().permissions(path).orElseThrow();
    if (permissions.setuid()) {
      return permissions.uid() == 0
          ? Outcome.pass(program + " is setuid root")
          : Outcome.fail(
              "%s is setuid, but belongs to uid %d".formatted(path, permissions.uid()),
              "chown root " + path + " && chmod u+s " + path);
    }
    return capable(node, path, capability)
        ? Outcome.pass(program + " has " + capability)
        : Outcome.fail(
            "%s is neither setuid root nor has it %s".formatted(path, capability),
            "setcap %s+ep %s, or chmod u+s %s".formatted(capability, path, path));
  }

  private static Optional<String> find(Node node, String program) throws Unseen {
    for (String folder : FOLDERS) {
      if (node.sight().exists(folder + program)) {
        return Optional.of(folder + program);
      }
    }
    return Optional.empty();
  }

  /** Java reads attributes of the user namespace only; getcap(8) reads the one that counts. */
  private static boolean capable(Node node, String path, String capability) throws Unseen {
    Path at = node.sight().at(path);
    Path real = node.sight().real(at).orElse(at);
    Answer answer = Commands.run("getcap", real.toString());
    if (answer.status() != 0) {
      throw new Unseen("getcap says of %s: %s".formatted(path, answer.said().strip()));
    }
    return answer.said().matches("(?s).*\\b" + capability + "[,=+].*");
  }
}
