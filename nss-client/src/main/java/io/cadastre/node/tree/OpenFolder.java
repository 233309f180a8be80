/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * A folder of an image, held open: it stays the same folder even if names around it are exchanged.
 * Not thread-safe.
 */
final class OpenFolder implements AutoCloseable {
  private final SecureDirectoryStream<Path> stream;
  private final Path real;
  private List<Path> descriptors = List.of();

  /**
   * Wraps an open folder.
   *
   * @param stream the open folder
   * @param real its path without symbolic links
   */
  OpenFolder(SecureDirectoryStream<Path> stream, Path real) {
    this.stream = stream;
    this.real = real;
  }

  /** Opens a folder in this one; a symbolic link is an error. */
  OpenFolder openChild(String name) throws IOException {
    return new OpenFolder(
        stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS), real.resolve(name));
  }

  /**
   * The attributes of a name in this folder, of the link itself if it is one; empty if there is no
   * such name.
   */
  Optional<BasicFileAttributes> stat(String name) throws IOException {
    try {
      return Optional.of(
          stream
              .getFileAttributeView(
                  Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Reads a symbolic link. */
  Path target(String name) throws IOException {
    return Files.readSymbolicLink(path().resolve(name));
  }

  /** Its path without symbolic links when it was opened; the path may lead elsewhere now. */
  Path real() {
    return real;
  }

  /** A path that leads to this folder until it is closed. */
  Path path() throws IOException {
    if (descriptors.isEmpty()) {
      Object key =
          stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
      descriptors = Descriptors.claim(key);
    }
    return descriptors.get(0);
  }

  @Override
  public void close() throws IOException {
    stream.close();
    Descriptors.release(descriptors);
    descriptors = List.of();
  }
}
