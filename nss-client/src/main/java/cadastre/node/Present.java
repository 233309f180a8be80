/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.subid.IdType;
import cadastre.subid.Snapshot;
import cadastre.subid.SnapshotRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is on the node now, read once.
 *
 * @param subuid /etc/subuid; empty parts if there is none
 * @param subgid /etc/subgid, likewise
 * @param snapshot the last good snapshot
 * @param state what was true when the last sync ended
 * @param accounts the local accounts
 */
record Present(
    ManagedFile subuid,
    ManagedFile subgid,
    Optional<Snapshot> snapshot,
    Optional<SyncState> state,
    LocalAccounts accounts) {

  /**
   * Reads the tree.
   *
   * @throws SyncRefused if the marker lines of a file are damaged
   * @throws TreeUnfit if a file is a link, or leads out of the tree
   */
  static Present read(NodeTree tree) throws IOException, NodeFailure {
    return new Present(
        managed(tree, IdType.SUBUID),
        managed(tree, IdType.SUBGID),
        snapshot(tree),
        tree.read(tree.state())
            .flatMap(bytes -> SyncState.decode(new String(bytes, StandardCharsets.UTF_8))),
        LocalAccounts.of(
            tree.read(tree.etc().resolve("passwd")).orElseGet(() -> new byte[0]),
            tree.read(tree.etc().resolve("group")).orElseGet(() -> new byte[0])));
  }

  private static ManagedFile managed(NodeTree tree, IdType type) throws IOException, NodeFailure {
    byte[] bytes = tree.read(tree.file(type)).orElseGet(() -> new byte[0]);
    return ManagedFile.of(tree.file(type).toString(), bytes);
  }

  /** The last good snapshot; a damaged one is none, and is replaced by what is fetched. */
  private static Optional<Snapshot> snapshot(NodeTree tree) throws IOException, TreeUnfit {
    Optional<byte[]> bytes = tree.read(tree.snapshot());
    try {
      return bytes.isEmpty() ? Optional.empty() : Optional.of(Snapshot.parse(bytes.get()));
    } catch (SnapshotRefused e) {
      return Optional.empty();
    }
  }

  /** One of the two files. */
  ManagedFile file(IdType type) {
    return type == IdType.SUBUID ? subuid : subgid;
  }

  /** What to ask {@code url} with: empty unless everything is as the last sync left it. */
  Optional<String> etagFor(String url) {
    return state
        .filter(s -> snapshot.isPresent())
        .filter(s -> s.equals(stateOf(url, s.etag(), snapshot.orElseThrow(), subuid, subgid)))
        .flatMap(SyncState::etag);
  }

  /** The state to be stored with this snapshot and these files. */
  static SyncState stateOf(
      String url,
      Optional<String> etag,
      Snapshot snapshot,
      ManagedFile subuid,
      ManagedFile subgid) {
    return new SyncState(
        url,
        etag,
        sha256(snapshot.render()),
        sha256(subuid.block().encode()),
        sha256(subgid.block().encode()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
