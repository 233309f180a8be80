/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileStat;
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

/** Reads all storage.conf files that may count for a user, with their drop-ins. */
final class ConfFiles {
  /**
   * In bytes. A character has at most three, so that a file of this size has more characters than
   * the limit.
   */
  private static final int MAX_BYTES = 3 * StorageFile.MAX_LENGTH + 1;

  private final HostInspector host;
  private final UserAccount user;
  private final List<StorageFile> files = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();

  private ConfFiles(HostInspector host, UserAccount user) {
    this.host = host;
    this.user = user;
  }

  /**
   * Reads the files at these paths. Files that the user may not read are only named.
   *
   * @throws Unobservable if a file is hidden from this process, but not from the user
   */
  static StorageFiles read(HostInspector host, UserAccount user, StoragePaths paths)
      throws Unobservable {
    ConfFiles conf = new ConfFiles(host, user);
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
    if (host.tryStat(host.resolve(folder)).filter(FileStat::isFolder).isEmpty()) {
      return;
    }
    try {
      for (String name : host.names(folder)) {
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
    if (new PathInspector(host, user).mayNotRead(path)) {
      unreadable.add(path);
      return;
    }
    try {
      host.bytes(path, MAX_BYTES).ifPresent(bytes -> files.add(new StorageFile(path, text(bytes))));
    } catch (Unobservable e) {
      unreadable(path, e);
    }
  }

  /** Notes a file that even root or the user cannot read; for other callers it is only hidden. */
  private void unreadable(String path, Unobservable why) throws Unobservable {
    if (!CallerEnvironment.isSelf(user) && !CallerEnvironment.isRoot()) {
      throw why;
    }
    unreadable.add(path);
  }

  /**
   * Decodes UTF-8; an invalid byte becomes a lone surrogate, as {@link StorageFile#text} expects.
   */
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
