/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.tree.HeapShare;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** The program {@code cadastre-node}. */
public final class Main {
  private Main() {}

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    System.exit(run(args, Terminal.standard()));
  }

  /**
   * Runs the command in this process.
   *
   * @param out receives results
   * @param err receives warnings and errors
   * @return one of {@link ExitStatus}
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, new Terminal(out, err));
  }

  /** Runs the command in this process, and returns one of {@link ExitStatus}. */
  static int run(String[] args, Terminal terminal) {
    try {
      Optional<SyncFastPath> fastPath = SyncFastPath.parse(args);
      return fastPath.isPresent() ? fastPath.get().run(terminal) : CommandTree.run(args, terminal);
    } catch (IOException | NodeFailure | RuntimeException e) {
      return report(e, terminal);
    } catch (OutOfMemoryError e) {
      return report(e, terminal);
    } finally {
      terminal.flush();
    }
  }

  /**
   * Reports a heap that is too small. There is memory for that: what filled the heap is garbage
   * now.
   */
  static int report(OutOfMemoryError e, Terminal terminal) {
    terminal.error("not enough memory (%s); %s".formatted(e.getMessage(), HeapShare.remedy()));
    return ExitStatus.NO_MEMORY;
  }

  /** Prints a failure and returns its exit status. */
  static int report(Exception e, Terminal terminal) {
    if (e instanceof NodeFailure failure) {
      terminal.error(failure.lines());
      return failure.exitStatus();
    }
    if (e instanceof IOException) {
      terminal.error("input or output failed: " + e);
      return ExitStatus.IO_ERROR;
    }
    terminal.error("this is a defect, please report it");
    terminal.trace(e);
    return ExitStatus.SOFTWARE;
  }
}
