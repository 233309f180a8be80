/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Limits;
import io.cadastre.node.check.SystemPrograms.ProgramResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs a program as a user, or one that executes what a user wrote. The user controls it: Podman
 * starts the conmon_path in the user's containers.conf. Therefore it inherits nothing from the
 * caller: it has a session of its own without a terminal, the user's IDs and groups, a clean
 * environment and, if keyctl(1) is installed, no keys of the caller's session keyring. It may still
 * gain privileges, since newuidmap(1) is setuid.
 */
final class UserProgram {
  private static final Path KEYCTL = Path.of("/usr/bin/keyctl");
  private static final Pattern JOINED = Pattern.compile("\\AJoined session keyring: -?[0-9]+\n");

  private UserProgram() {}

  /**
   * Runs it to its end.
   *
   * @param environment the environment of the user
   * @param self whether the user is the caller; otherwise the caller must be root
   * @throws Unobservable if it cannot be run or passes a limit
   */
  static ProgramResult run(
      UserAccount user,
      boolean self,
      Map<String, String> environment,
      List<String> command,
      Limits limits)
      throws Unobservable {
    List<String> all = new ArrayList<>();
    if (!self && Files.isExecutable(KEYCTL)) {
      // A process inherits the session keyring and may read the keys in it: session-keyring(7).
      all.addAll(List.of(KEYCTL.toString(), "session", "-"));
    }
    if (!self) {
      all.addAll(List.of("setpriv", "--reuid", Long.toString(user.uid()), "--regid"));
      all.addAll(List.of(Long.toString(user.gid()), "--init-groups", "--inh-caps=-all", "--"));
    }
    all.addAll(command);
    Map<String, String> clean = new HashMap<>(environment);
    clean.putAll(SystemPrograms.PLAIN);
    ProgramResult result = OwnSession.run(command.get(0), clean, all, limits);
    return new ProgramResult(result.status(), JOINED.matcher(result.output()).replaceFirst(""));
  }
}
