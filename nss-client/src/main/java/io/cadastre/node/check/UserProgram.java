/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Answer;
import io.cadastre.node.check.SystemPrograms.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs a program as a user, or one that runs what a user wrote. The user decides what it does -
 * Podman starts the conmon_path of the user's containers.conf - so it gets nothing of the caller's:
 * a session of its own without a terminal, the user's ids and groups, a clean environment, and
 * where keyctl(1) is installed none of the keys in the caller's session keyring. It keeps the means
 * to gain privileges, as newuidmap(1) is setuid.
 */
final class UserProgram {
  private static final Path KEYCTL = Path.of("/usr/bin/keyctl");
  private static final Pattern JOINED = Pattern.compile("\\AJoined session keyring: -?[0-9]+\n");

  private UserProgram() {}

  /**
   * Runs it to its end.
   *
   * @param environment the user's
   * @param self whether the user calls us; else the caller has to be root
   * @throws Unobservable if it cannot be run or passes a limit
   */
  static Answer run(
      UserAccount user,
      boolean self,
      Map<String, String> environment,
      List<String> command,
      Limits limits)
      throws Unobservable {
    List<String> all = new ArrayList<>();
    if (!self && Files.isExecutable(KEYCTL)) {
      // A login's keyring is inherited, and its possessor may read the keys: session-keyring(7).
      all.addAll(List.of(KEYCTL.toString(), "session", "-"));
    }
    if (!self) {
      all.addAll(List.of("setpriv", "--reuid", Long.toString(user.uid()), "--regid"));
      all.addAll(List.of(Long.toString(user.gid()), "--init-groups", "--inh-caps=-all", "--"));
    }
    all.addAll(command);
    Map<String, String> clean = new HashMap<>(environment);
    clean.putAll(SystemPrograms.PLAIN);
    Answer answer = OwnSession.run(command.get(0), clean, all, limits);
    return new Answer(answer.status(), JOINED.matcher(answer.said()).replaceFirst(""));
  }
}
