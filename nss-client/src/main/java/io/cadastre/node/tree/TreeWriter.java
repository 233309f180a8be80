/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.node.failure.ExitStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces files so that a reader, and a machine that loses power, sees each one whole: the old
 * bytes or the new. It knows bytes and no domain. The order gives:
 *
 * <ol>
 *   <li>All files are staged beside their targets, with mode and owner, and synced: a full disk
 *       changes nothing.
 *   <li>Each target is tried by a hard link to it: where one of them is immutable or a mount point,
 *       none is replaced.
 *   <li>They are renamed in the order given: what comes later is never newer than what comes
 *       earlier. Where a rename fails all the same, those before it are put back.
 *   <li>Each folder is synced after its rename, so that the order holds on the disk too.
 * </ol>
 *
 * <p>The caller holds the lock that keeps a second writer away.
 */
public final class TreeWriter {
  private final NodeTree tree;
  private final List<Staged> staged = new ArrayList<>();

  private TreeWriter(NodeTree tree) {
    this.tree = tree;
  }

  /** A file whose new bytes lie beside it. */
  private record Staged(Replacement replacement, TreePlace place) {
    /** In the same folder, so that a rename is all that is left. */
    Path path() {
      return place.beside("." + place.name() + ".cadastre-new");
    }

    /** The name of a second link to the old file, for a moment. */
    Path trial() {
      return place.beside("." + place.name() + ".cadastre-try");
    }
  }

  /** Replaces the files, in this order. */
  public static void write(NodeTree tree, List<Replacement> replacements)
      throws IOException, TreeUnfit {
    new TreeWriter(tree).write(replacements);
  }

  private void write(List<Replacement> replacements) throws IOException, TreeUnfit {
    try {
      for (Replacement replacement : replacements) {
        stage(replacement);
      }
      for (Staged file : staged) {
        requireReplaceable(file);
      }
      for (int i = 0; i < staged.size(); i++) {
        try {
          rename(staged.get(i));
        } catch (IOException e) {
          putBack(staged.subList(0, i), e);
          throw e;
        }
      }
    } finally {
      for (Staged file : staged) {
        Files.deleteIfExists(file.path());
        file.place().close();
      }
    }
  }

  private Staged stage(Replacement replacement) throws IOException, TreeUnfit {
    Staged file = new Staged(replacement, tree.place(replacement.path(), false));
    staged.add(file);
    for (Path left : List.of(file.path(), file.trial())) {
      Files.deleteIfExists(left); // by a run that was killed
    }
    try (FileChannel out = create(file.path(), replacement.path())) {
      ByteBuffer bytes = ByteBuffer.wrap(replacement.after());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      own(file);
      out.force(true);
    }
    return file;
  }

  /** Gives a new file, which is still open, its mode and its group. */
  private static void own(Staged file) throws IOException {
    Path open = file.path();
    if (file.place().isHeld()) {
      // Not by its name, in whose place a link may be by now.
      Object key =
          Files.readAttributes(open, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      open =
          Descriptors.openOn(key)
              .orElseThrow(() -> new IOException(file.place().real() + " was exchanged"));
    }
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    if (Files.getAttribute(open, "unix:uid").equals(0)
        && !Files.getAttribute(open, "unix:gid").equals(0)) {
      // A setgid folder or newgrp has given it another group.
      Files.setAttribute(open, "unix:gid", 0);
    }
  }

  /**
   * An immutable file cannot be linked to, nor can a mount point from outside of it; see link(2).
   * Where the file system has no hard links this says nothing.
   */
  private static void requireReplaceable(Staged file) throws IOException, TreeUnfit {
    Path path = file.place().path();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.createLink(file.trial(), path);
    } catch (IOException | UnsupportedOperationException e) {
      if (takesLinks(file)) {
        Path shown = file.replacement().path();
        throw new TreeUnfit(
            ExitStatus.CANNOT_CREATE,
            "%s cannot be replaced (%s), so no file was: is it immutable (lsattr %s), or a mount point (findmnt %s)?"
                .formatted(shown, reason(e), shown, shown));
      }
    } finally {
      Files.deleteIfExists(file.trial());
    }
  }

  private static boolean takesLinks(Staged file) throws IOException {
    try {
      Files.createLink(file.trial(), file.path());
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    } finally {
      Files.deleteIfExists(file.trial());
    }
  }

  private static String reason(Exception e) {
    return e instanceof FileSystemException failed && failed.getReason() != null
        ? failed.getReason()
        : String.valueOf(e.getMessage());
  }

  private static void rename(Staged file) throws IOException {
    Files.move(
        file.path(),
        file.place().path(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(file.place().folder(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** As far as it goes: the next sync makes all of them new. */
  private void putBack(List<Staged> renamed, IOException cause) {
    for (Staged file : List.copyOf(renamed)) {
      try {
        Optional<Replacement> undone = file.replacement().undone();
        if (undone.isPresent()) {
          rename(stage(undone.get()));
        } else {
          Files.deleteIfExists(file.place().path());
        }
      } catch (IOException | TreeUnfit e) {
        cause.addSuppressed(e);
      }
    }
  }

  /**
   * Creates a file for its owner alone, whatever the umask: who may open it for writing now may
   * write to it when its mode is another.
   *
   * @param beside the file that it is for, for the message
   */
  static FileChannel create(Path path, Path beside) throws TreeUnfit {
    try {
      return FileChannel.open(
          path,
          Set.of(
              StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new TreeUnfit(
          ExitStatus.CANNOT_CREATE,
          "no file can be created beside %s: %s".formatted(beside, reason(e)));
    }
  }
}
