/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileLook;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StoragePaths;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a user's storage.conf files, all that may count, with their drop-ins. */
final class ConfFiles {
  /** In bytes: a longer file has more characters than are read, for each takes three at most. */
  private static final int MOST = 3 * StorageFile.MAX_LENGTH + 1;

  private final HostInspector sight;
  private final UserAccount user;
  private final List<StorageFile> files = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();

  private ConfFiles(HostInspector sight, UserAccount user) {
    this.sight = sight;
    this.user = user;
  }

  /**
   * The files that there are at these paths; those that the user may not read, root may.
   *
   * @throws Unobservable if one is hidden from us, but not from the user
   */
  static StorageFiles read(HostInspector sight, UserAccount user, StoragePaths paths)
      throws Unobservable {
    ConfFiles conf = new ConfFiles(sight, user);
    for (String path : new LinkedHashSet<>(paths.mainFiles())) {
      conf.read(path);
    }
    for (String folder : paths.dropInFolders()) {
      conf.readFolder(folder);
    }
    return new StorageFiles(conf.files, conf.unreadable);
  }

  private void readFolder(String folder) throws Unobservable {
    List<String> names = new ArrayList<>();
    if (sight.glimpse(sight.at(folder)).filter(FileLook::isFolder).isEmpty()) {
      return;
    }
    try {
      for (String name : sight.names(folder)) {
        if (name.endsWith(".conf")) {
          names.add(folder + "/" + name);
        }
      }
    } catch (Unobservable e) {
      unreadable(folder, e);
    }
    Collections.sort(names);
    for (String name : names) {
      read(name);
    }
  }

  private void read(String path) throws Unobservable {
    if (new PathInspector(sight, user).mayNotRead(path)) {
      unreadable.add(path);
      return;
    }
    try {
      sight.bytes(path, MOST).ifPresent(bytes -> files.add(new StorageFile(path, text(bytes))));
    } catch (Unobservable e) {
      unreadable(path, e);
    }
  }

  /** What neither root nor the user himself can read is broken; to others it is only hidden. */
  private void unreadable(String path, Unobservable why) throws Unobservable {
    if (!CallerEnvironment.isSelf(user) && !CallerEnvironment.isRoot()) {
      throw why;
    }
    unreadable.add(path);
  }

  /** UTF-8, a byte that is not as a lone surrogate: {@link StorageFile#text} wants it so. */
  private static String text(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (0xDC00 + Byte.toUnsignedInt(in.get())));
      }
      decoder.reset();
    }
    return out.flip().toString();
  }
}
