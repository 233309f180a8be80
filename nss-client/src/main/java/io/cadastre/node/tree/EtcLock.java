/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.tree;

import io.cadastre.subid.IdType;
import java.io.IOException;
import java.time.Duration;

/**
 * The lock for replacing /etc/subuid and /etc/subgid: the three locks that useradd and usermod
 * take, in their order. The lock of lckpwdf(3) comes first. shadow waits 15 s for it, but fails at
 * once if it finds a {@code FILE.lock}; without the first lock a sync would make a usermod fail.
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
   * Acquires the locks of a tree.
   *
   * @param patience how long to try for each; shadow itself gives up after 15 s
   * @throws TreeUnfit if another process keeps one, or if one cannot be created
   */
  public static EtcLock acquire(NodeTree tree, Duration patience) throws IOException, TreeUnfit {
    PasswdLock passwd = PasswdLock.acquire(tree, patience);
    try {
      ShadowLock subuid = ShadowLock.acquire(tree, IdType.SUBUID, patience);
      try {
        return new EtcLock(passwd, subuid, ShadowLock.acquire(tree, IdType.SUBGID, patience));
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
