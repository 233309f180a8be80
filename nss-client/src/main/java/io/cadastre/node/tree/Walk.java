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
 * Follows a path through an image as its own kernel would once it runs, and never out of it: an
 * absolute link begins at the image's root, and nothing is above that. Folders are opened one in
 * the other without following links (openat(2) with O_NOFOLLOW), so that nobody who renames in the
 * image leads a walk astray.
 */
final class Walk implements AutoCloseable {
  /** As Linux. */
  private static final int MOST_LINKS = 40;

  private final Path wanted;
  private final Deque<HeldFolder> way = new ArrayDeque<>();
  private final Deque<String> left = new ArrayDeque<>();
  private int links;

  @SuppressWarnings("StreamResourceLeak") // closed with the walk
  private Walk(Path root, Path wanted) throws IOException, TreeUnfit {
    this.wanted = wanted;
    if (!(Files.newDirectoryStream(root) instanceof SecureDirectoryStream<Path> folder)
        || !Descriptors.areThere()) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "--root needs Linux with /proc mounted: mount -t proc proc /proc");
    }
    way.push(new HeldFolder(folder, root));
    prepend(wanted, root.getNameCount());
  }

  /**
   * Walks to a path.
   *
   * @param wanted a path below {@code root}
   * @param follow whether a link in the last place is followed, too
   * @return the place; there need be nothing. Empty if there is no such folder
   */
  static Optional<TreePlace> to(Path root, Path wanted, boolean follow)
      throws IOException, TreeUnfit {
    try (Walk walk = new Walk(root, wanted)) {
      return walk.go(follow);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Optional<TreePlace> go(boolean follow) throws IOException, TreeUnfit {
    while (!left.isEmpty()) {
      String name = left.pop();
      if (name.equals("..")) {
        if (way.size() > 1) {
          way.pop().close();
        }
        continue;
      }
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Optional<BasicFileAttributes> there = top().look(name);
      if (there.isPresent() && there.get().isSymbolicLink() && (follow || !left.isEmpty())) {
        followLink(name);
      } else if (left.isEmpty()) {
        return Optional.of(place(name));
      } else if (there.isEmpty()) {
        return Optional.empty();
      } else {
        way.push(top().enter(name));
      }
    }
    return Optional.of(place("."));
  }

  private void followLink(String name) throws IOException, TreeUnfit {
    links++;
    if (links > MOST_LINKS) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION, "%s leads in a circle of links".formatted(wanted));
    }
    Path target = top().target(name);
    if (target.isAbsolute()) {
      while (way.size() > 1) {
        way.pop().close();
      }
    }
    prepend(target, 0);
  }

  /** Name by name, "." and ".." included, which Path would take out of them without a look. */
  private void prepend(Path path, int from) {
    for (int i = path.getNameCount() - 1; i >= from; i--) {
      left.push(path.getName(i).toString());
    }
  }

  private HeldFolder top() {
    return way.element();
  }

  private TreePlace place(String name) throws IOException {
    Path folder = top().path();
    HeldFolder last = way.pop();
    Path real = name.equals(".") ? last.real() : last.real().resolve(name);
    return new TreePlace(folder, name, real, Optional.of(last));
  }

  @Override
  public void close() throws IOException {
    for (HeldFolder folder : way) {
      folder.close();
    }
  }
}
