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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces files so that a reader sees each file whole, with the old or the new bytes, also after a
 * power failure. It writes bytes and knows no domain. The order of its steps gives these
 * guarantees:
 *
 * <ol>
 *   <li>All files are staged beside their targets, with mode and owner, and synced: a full disk
 *       changes nothing.
 *   <li>Each target is tested by a hard link to it: if one is immutable or a mount point, no file
 *       is replaced.
 *   <li>The files are renamed in the order given: a later file is never newer than an earlier one.
 *       If a rename fails, the earlier files are restored.
 *   <li>Each folder is synced after its rename, so that the order also holds on the disk.
 * </ol>
 *
 * <p>The caller holds the lock that excludes a second writer.
 */
public final class TreeWriter {
  private final NodeTree tree;
  private final List<Staged> staged = new ArrayList<>();

  private TreeWriter(NodeTree tree) {
    this.tree = tree;
  }

  /** A target with its new bytes in a file beside it. */
  private record Staged(Replacement replacement, ResolvedPath target) {
    /** The staged file, in the same folder, so that one rename replaces the target. */
    Path path() {
      return target.sibling(staged(target.path()).getFileName().toString());
    }

    /** The name of the temporary hard link to the old file. */
    Path trial() {
      return target.sibling("." + target.name() + ".cadastre-try");
    }
  }

  /**
   * Replaces the files in this order.
   *
   * @throws TreeUnfit if one of them cannot be replaced; then none was
   */
  public static void write(NodeTree tree, List<Replacement> replacements)
      throws IOException, TreeUnfit {
    new TreeWriter(tree).write(replacements);
  }

  /** The name under which a file is staged; a run that was killed may leave it. */
  public static Path staged(Path path) {
    return path.resolveSibling("." + path.getFileName() + ".cadastre-new");
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
          restore(staged.subList(0, i), e);
          throw irreplaceable(staged.get(i), e);
        }
      }
    } finally {
      for (Staged file : staged) {
        Files.deleteIfExists(file.path());
        file.target().close();
      }
    }
  }

  private Staged stage(Replacement replacement) throws IOException, TreeUnfit {
    Staged file = new Staged(replacement, tree.resolve(replacement.path(), false));
    staged.add(file);
    for (Path left : List.of(file.path(), file.trial())) {
      Files.deleteIfExists(left); // a run that was killed left it
    }
    try (FileChannel out = create(file.path(), replacement.path())) {
      ByteBuffer bytes = ByteBuffer.wrap(replacement.after());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      setOwner(file);
      out.force(true);
    }
    return file;
  }

  /** Sets the mode, the owner and the group of a staged file, which is still open. */
  private static void setOwner(Staged file) throws IOException {
    Path open = file.path();
    if (file.target().isHeld()) {
      // By its descriptor: the name may lead to a link by now.
      Object key =
          Files.readAttributes(open, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      open =
          Descriptors.openOn(key)
              .orElseThrow(() -> new IOException(file.target().real() + " was exchanged"));
    }
    if (file.replacement().kept().isPresent()) {
      file.replacement().kept().get().applyTo(open);
      return;
    }
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    if (Files.getAttribute(open, "unix:uid").equals(0)
        && !Files.getAttribute(open, "unix:gid").equals(0)) {
      // A setgid folder or newgrp gives a new file another group.
      Files.setAttribute(open, "unix:gid", 0);
    }
  }

  /**
   * Refuses a target that cannot be replaced: an immutable file cannot be linked to, nor can a
   * mount point from outside of it; see link(2). On a file system without hard links this finds
   * nothing.
   */
  private static void requireReplaceable(Staged file) throws IOException, TreeUnfit {
    Path path = file.target().path();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.createLink(file.trial(), path);
    } catch (IOException | UnsupportedOperationException e) {
      if (supportsLinks(file)) {
        throw irreplaceable(file, e);
      }
    } finally {
      Files.deleteIfExists(file.trial());
    }
  }

  private static TreeUnfit irreplaceable(Staged file, Exception cause) {
    Path shown = file.replacement().path();
    TreeUnfit unfit =
        new TreeUnfit(
            ExitStatus.CANNOT_CREATE,
            "%s cannot be replaced (%s), so no file was. If \"findmnt %s\" shows a mount point, run \"umount %s\" and mount all of its folder instead; if \"lsattr %s\" shows an i, run \"chattr -i %s\""
                .formatted(shown, reason(cause), shown, shown, shown, shown));
    unfit.initCause(cause);
    return unfit;
  }

  private static boolean supportsLinks(Staged file) throws IOException {
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
        file.target().path(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(file.target().folder(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Restores renamed files as far as possible; the next sync writes all of them again. */
  private void restore(List<Staged> renamed, IOException cause) {
    List<Staged> lastFirst = new ArrayList<>(renamed);
    Collections.reverse(lastFirst);
    for (Staged file : lastFirst) {
      try {
        Optional<Replacement> undone = file.replacement().undone();
        if (undone.isPresent()) {
          rename(stage(undone.get()));
        } else {
          Files.deleteIfExists(file.target().path());
        }
      } catch (IOException | TreeUnfit e) {
        cause.addSuppressed(e);
      }
    }
  }

  /**
   * Creates a file with mode 0600, whatever the umask is: a process that opens it for writing now
   * could still write to it after its mode was changed.
   *
   * @param beside the file that it is created for, for the message
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
