/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file of lines that grows at its end and that no program depends on. No step touches the earlier
 * lines in place: a run that is killed, or a power failure, loses at most the line that is being
 * written. It takes no lock; two runs at the same time each add their line.
 *
 * @param tree the tree of the file
 * @param path its path
 */
public record GrowingFile(NodeTree tree, Path path) {
  private static final Set<OpenOption> AT_ITS_END =
      Set.of(StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);

  /**
   * Adds bytes at the end, without a sync. The caller has seen that the file is a regular one, or
   * that there is none; then it is made with mode 0644.
   */
  public void append(byte[] bytes) throws IOException, TreeUnfit {
    try (ResolvedPath target = tree.resolve(path, false);
        FileChannel out = FileChannel.open(target.path(), AT_ITS_END)) {
      ByteBuffer content = ByteBuffer.wrap(bytes);
      while (content.hasRemaining()) {
        out.write(content);
      }
    } catch (NoSuchFileException e) {
      new UnsyncedFile(tree, path).replace(bytes);
    }
  }

  /** Replaces the whole file by a rename, after a sync of its new bytes. */
  public void replace(byte[] bytes) throws IOException, TreeUnfit {
    new UnsyncedFile(tree, path).replace(bytes, true);
  }
}
