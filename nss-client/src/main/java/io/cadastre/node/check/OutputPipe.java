/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pipe that a hostile program may hold, fifo(7). Java reads a pipe of its own until it is empty
 * when the program has ended, into memory, and a process in the background can go on filling it;
 * this one is read and closed by its user alone. After {@link #close} a writer gets SIGPIPE.
 */
final class OutputPipe implements AutoCloseable {
  private final Path folder;
  private final Path name;
  private final RandomAccessFile end;

  private OutputPipe(Path folder, Path name) throws IOException {
    this.folder = folder;
    this.name = name;
    // Open for both, or open(2) would wait for a writer.
    this.end = new RandomAccessFile(name.toFile(), "rw");
  }

  /**
   * Makes a pipe in a folder of its own, which only its owner may enter.
   *
   * @throws Unobservable if mkfifo(1) cannot make it
   */
  static OutputPipe open() throws IOException, Unobservable {
    Path folder = Files.createTempDirectory("cadastre-check");
    Path name = folder.resolve("output");
    try {
      String said = SystemPrograms.run("mkfifo", "--mode=600", name.toString()).said();
      if (!Files.exists(name)) {
        throw new Unobservable("no pipe can be made: " + said.strip());
      }
      return new OutputPipe(folder, name);
    } catch (IOException | Unobservable e) {
      unlink(folder, name);
      throw e;
    }
  }

  /** Where a program writes to. */
  File file() {
    return name.toFile();
  }

  /** What was written; {@link InputStream#available} tells how much of it can be read at once. */
  InputStream input() throws IOException {
    return new FileInputStream(end.getFD());
  }

  /** Takes its name away, once the program has it. */
  void unlink() throws IOException {
    unlink(folder, name);
  }

  @Override
  public void close() throws IOException {
    end.close();
    unlink();
  }

  private static void unlink(Path folder, Path name) throws IOException {
    Files.deleteIfExists(name);
    Files.deleteIfExists(folder);
  }
}
