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
 * A folder of an image, held open: it stays the same folder whatever is renamed around it. Used by
 * one thread at a time.
 */
final class HeldFolder implements AutoCloseable {
  private final SecureDirectoryStream<Path> stream;
  private final Path real;
  private List<Path> descriptors = List.of();

  /**
   * A folder.
   *
   * @param stream what holds it open
   * @param real its path without links
   */
  HeldFolder(SecureDirectoryStream<Path> stream, Path real) {
    this.stream = stream;
    this.real = real;
  }

  /** The folder of that name in it; a link is an error. */
  HeldFolder enter(String name) throws IOException {
    return new HeldFolder(
        stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS), real.resolve(name));
  }

  /** What is there under this name, itself if it is a link; empty if nothing is. */
  Optional<BasicFileAttributes> look(String name) throws IOException {
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

  /** Where a link leads. */
  Path target(String name) throws IOException {
    return Files.readSymbolicLink(path().resolve(name));
  }

  /** Its path without links; by now that may lead elsewhere. */
  Path real() {
    return real;
  }

  /** A path that leads to it until it is closed, whatever its names are. */
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
