/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a session of two process groups, whose processes write their pids into a folder. */
public final class OwnSessionProgram {
  private OwnSessionProgram() {}

  /** Runs the session; the argument is the folder. */
  public static void main(String[] args) throws Unobservable {
    String script =
        """
        echo $$ >$0/first
        timeout 600 sh -c 'echo $$ >$0/new; mv $0/new $0/other; exec sleep 500' $0 &
        wait
        """;
    OwnSession.run(
        "sh",
        Map.copyOf(SystemPrograms.PLAIN),
        List.of("sh", "-c", script, args[0]),
        new Limits(Duration.ofMinutes(5), 1000));
  }
}
