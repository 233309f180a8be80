/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.subid.IdType;
import java.io.IOException;
import java.time.Duration;

/**
 * The right to replace /etc/subuid and /etc/subgid: the three locks that useradd and usermod take,
 * in their order. lckpwdf(3)'s comes first: shadow waits 15 s for it, but gives up at once where it
 * finds a {@code FILE.lock}, so that without it a sync would make a usermod fail.
 */
public final class EtcLock implements AutoCloseable {
  private final PasswdLock passwd;
  private final ShadowLock subuid;
  private final ShadowLock subgid;

  private EtcLock(PasswdLock passwd, ShadowLock subuid, ShadowLock subgid) {
    this.passwd = passwd;
    this.subuid = subuid;
    this.subgid = subgid;
  }

  /**
   * Takes the locks of a tree.
   *
   * @param patience how long to try for each; shadow itself gives up after 15 s
   * @throws TreeUnfit if one stays taken, or cannot be made there
   */
  public static EtcLock of(NodeTree tree, Duration patience) throws IOException, TreeUnfit {
    PasswdLock passwd = PasswdLock.of(tree, patience);
    try {
      ShadowLock subuid = ShadowLock.of(tree, IdType.SUBUID, patience);
      try {
        return new EtcLock(passwd, subuid, ShadowLock.of(tree, IdType.SUBGID, patience));
      } catch (IOException | TreeUnfit e) {
        subuid.close();
        throw e;
      }
    } catch (IOException | TreeUnfit e) {
      passwd.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try (passwd;
        subuid) {
      subgid.close();
    }
  }
}
