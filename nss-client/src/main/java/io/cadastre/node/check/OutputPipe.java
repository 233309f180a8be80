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
 * A named pipe, fifo(7), for the output of a hostile program. When a program has ended, Java reads
 * a pipe of its own to the end and into memory, and a background process can fill it without limit.
 * This pipe is read and closed only by its user. After {@link #close} a writer gets SIGPIPE.
 */
final class OutputPipe implements AutoCloseable {
  private final Path folder;
  private final Path name;
  private final RandomAccessFile end;

  private OutputPipe(Path folder, Path name) throws IOException {
    this.folder = folder;
    this.name = name;
    // Opened for reading and writing: open(2) for reading alone would wait for a writer.
    this.end = new RandomAccessFile(name.toFile(), "rw");
  }

  /**
   * Creates and opens a pipe in a new folder that only its owner may enter.
   *
   * @throws Unobservable if mkfifo(1) cannot create it
   */
  static OutputPipe open() throws IOException, Unobservable {
    Path folder = Files.createTempDirectory("cadastre-check");
    Path name = folder.resolve("output");
    try {
      String output = SystemPrograms.run("mkfifo", "--mode=600", name.toString()).output();
      if (!Files.exists(name)) {
        throw new Unobservable("no pipe can be created: " + output.strip());
      }
      return new OutputPipe(folder, name);
    } catch (IOException | Unobservable e) {
      unlink(folder, name);
      throw e;
    }
  }

  /** The path that the program writes to. */
  File file() {
    return name.toFile();
  }

  /** The output; {@link InputStream#available} returns how much can be read without waiting. */
  InputStream input() throws IOException {
    return new FileInputStream(end.getFD());
  }

  /** Removes the name, once the program has opened it. */
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
