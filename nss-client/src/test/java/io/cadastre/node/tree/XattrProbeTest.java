/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The temporary file of the probe lies in a folder whose owner may exchange it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class XattrProbeTest {
  private static final int ROUNDS = 500;

  @TempDir Path folder;
  @TempDir Path outside;

  @Test
  void leavesNothingBehind() {
    XattrProbe.run(folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isEmptyWithoutAFolder() {
    assertThat(XattrProbe.run(folder.resolve("missing"))).isEmpty();
  }

  @Test
  void aFifoInPlaceOfTheFileIsNotOpened() throws Exception {
    Path fifo = outside.resolve("fifo");
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    AtomicBoolean done = new AtomicBoolean();
    Thread owner = new Thread(() -> exchange(fifo, done));
    owner.setDaemon(true);
    owner.start();
    for (int i = 0; i < ROUNDS; i++) {
      XattrProbe.run(folder);
    }
    done.set(true);
    owner.join();
  }

  /** Replaces each file that appears by the FIFO. */
  private void exchange(Path fifo, AtomicBoolean done) {
    Path ready = outside.resolve("ready");
    while (!done.get()) {
      try {
        if (!Files.exists(ready)) {
          Files.createLink(ready, fifo);
        }
        String[] names = folder.toFile().list();
        for (String name : names == null ? new String[0] : names) {
          Files.move(ready, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
          break;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
