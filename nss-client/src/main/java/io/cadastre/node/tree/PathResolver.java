/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Resolves a path in an image as the image's own kernel would, and never leaves the image: an
 * absolute symbolic link starts at the image's root, and {@code ..} of the root is the root, as
 * with RESOLVE_IN_ROOT of openat2(2). Each folder is opened in its parent without following links
 * (openat(2) with O_NOFOLLOW), so that a process that exchanges names in the image cannot redirect
 * it.
 */
final class PathResolver implements AutoCloseable {
  /** The limit of Linux, path_resolution(7). */
  private static final int MAX_LINKS = 40;

  private final Path wanted;
  private final Deque<OpenFolder> opened = new ArrayDeque<>();
  private final Deque<String> left = new ArrayDeque<>();
  private int links;

  @SuppressWarnings("StreamResourceLeak") // close() closes it
  private PathResolver(Path root, Path wanted) throws IOException, TreeUnfit {
    this.wanted = wanted;
    if (!(Files.newDirectoryStream(root) instanceof SecureDirectoryStream<Path> folder)
        || !Descriptors.areAvailable()) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "--root needs Linux with /proc mounted: mount -t proc proc /proc");
    }
    opened.push(new OpenFolder(folder, root));
    prepend(wanted, root.getNameCount());
  }

  /**
   * Resolves a path. The file itself need not exist; empty if a folder on the way does not.
   *
   * @param wanted a path below {@code root}
   * @param follow whether a symbolic link in the last component is followed
   */
  static Optional<ResolvedPath> resolve(Path root, Path wanted, boolean follow)
      throws IOException, TreeUnfit {
    try (PathResolver resolver = new PathResolver(root, wanted)) {
      return resolver.walk(follow);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Optional<ResolvedPath> walk(boolean follow) throws IOException, TreeUnfit {
    while (!left.isEmpty()) {
      String name = left.pop();
      if (name.equals("..")) {
        if (opened.size() > 1) {
          opened.pop().close();
        }
        continue;
      }
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Optional<BasicFileAttributes> there = top().stat(name);
      if (there.isPresent() && there.get().isSymbolicLink() && (follow || !left.isEmpty())) {
        followLink(name);
      } else if (left.isEmpty()) {
        return Optional.of(resolved(name));
      } else if (there.isEmpty()) {
        return Optional.empty();
      } else {
        opened.push(top().openChild(name));
      }
    }
    return Optional.of(resolved("."));
  }

  private void followLink(String name) throws IOException, TreeUnfit {
    links++;
    if (links > MAX_LINKS) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION, "%s leads in a circle of links".formatted(wanted));
    }
    Path target = top().target(name);
    if (target.isAbsolute()) {
      while (opened.size() > 1) {
        opened.pop().close();
      }
    }
    prepend(target, 0);
  }

  /**
   * Adds the names one by one, "." and ".." included: Path.normalize would remove them before links
   * are resolved.
   */
  private void prepend(Path path, int from) {
    for (int i = path.getNameCount() - 1; i >= from; i--) {
      left.push(path.getName(i).toString());
    }
  }

  private OpenFolder top() {
    return opened.element();
  }

  private ResolvedPath resolved(String name) throws IOException {
    Path folder = top().path();
    OpenFolder last = opened.pop();
    Path real = name.equals(".") ? last.real() : last.real().resolve(name);
    return new ResolvedPath(folder, name, real, Optional.of(last));
  }

  @Override
  public void close() throws IOException {
    for (OpenFolder folder : opened) {
      folder.close();
    }
  }
}
