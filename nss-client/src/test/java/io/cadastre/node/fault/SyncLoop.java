/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import io.cadastre.node.Main;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Runs many syncs of this system, each with another snapshot; needs a mount namespace of its own.
 */
final class SyncLoop {
  private SyncLoop() {}

  /** Runs as many syncs as the first argument says; exits 1 if one fails. */
  public static void main(String[] args) {
    int failed = 0;
    try (TestRegistry registry = TestRegistry.serving(Snapshots.many(1, 50))) {
      for (int i = 0; i < Integer.parseInt(args[0]); i++) {
        registry.serve(Snapshots.many(i + 1, i % 2 == 0 ? 50 : 51));
        StringWriter err = new StringWriter();
        String[] sync = {"sync", "--url", registry.url()};
        int status = Main.run(sync, new PrintWriter(new StringWriter()), new PrintWriter(err));
        if (status != 0) {
          System.err.println("sync " + i + " exits " + status + ": " + err);
          failed++;
        }
      }
    }
    System.exit(failed == 0 ? 0 : 1);
  }
}
