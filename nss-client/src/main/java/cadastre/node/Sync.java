/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.node.SnapshotSource.Fetched;
import cadastre.node.TreeWriter.Replacement;
import cadastre.subid.IdType;
import cadastre.subid.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of {@code cadastre-node sync}: fetch, check, render, write. What is offered is checked
 * and rendered in the same way whether it was fetched now or is the last good snapshot, so a file
 * edited by hand heals while the service is away.
 */
final class Sync {
  private static final Duration WITH_LAST_GOOD = Duration.ofSeconds(2);
  private static final Duration WITHOUT = Duration.ofSeconds(30);
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);

  private final NodeTree tree;
  private final SnapshotSource source;
  private final Optional<UUID> acceptLedger;
  private final Duration lockPatience;

  Sync(NodeTree tree, SnapshotSource source, Optional<UUID> acceptLedger) {
    this(tree, source, acceptLedger, LOCK_PATIENCE);
  }

  Sync(NodeTree tree, SnapshotSource source, Optional<UUID> acceptLedger, Duration lockPatience) {
    this.tree = tree;
    this.source = source;
    this.acceptLedger = acceptLedger;
    this.lockPatience = lockPatience;
  }

  /**
   * What a run did.
   *
   * @param snapshot what is served now
   * @param written the files that changed, as the system names them
   * @param unavailable why the service gave nothing, if the last good snapshot is served
   */
  record Result(Snapshot snapshot, List<String> written, Optional<String> unavailable) {}

  /** What is to be rendered, and where it came from. */
  private record Offer(Snapshot snapshot, Optional<String> etag, Optional<String> unavailable) {}

  /**
   * Runs once. Without a change nothing is written and no lock is taken.
   *
   * @throws SyncRefused if a guard refuses; the files are as they were
   * @throws ServiceUnavailable if there is nothing to serve
   */
  @SuppressWarnings("try") // the locks are held, not used
  Result run() throws IOException, NodeFailure {
    Present present = Present.read(tree);
    Offer offer = offer(present);
    List<Replacement> replacements = plan(present, offer);
    if (!replacements.isEmpty()) {
      tree.createStateDirectory();
      // subuid before subgid, as useradd takes them
      try (ShadowLock subuid = ShadowLock.of(tree.file(IdType.SUBUID), lockPatience);
          ShadowLock subgid = ShadowLock.of(tree.file(IdType.SUBGID), lockPatience)) {
        // Somebody may have written between the first look and the lock.
        replacements = plan(Present.read(tree), offer);
        TreeWriter.write(replacements);
      }
    }
    return new Result(
        offer.snapshot(),
        replacements.stream().map(r -> tree.shown(r.path())).toList(),
        offer.unavailable());
  }

  private Offer offer(Present present) throws NodeFailure {
    Optional<String> etag = present.etagFor(source.url());
    Duration timeout = present.snapshot().isPresent() ? WITH_LAST_GOOD : WITHOUT;
    try {
      Optional<Fetched> fetched = source.fetch(etag, timeout);
      return fetched.isPresent()
          ? new Offer(fetched.get().snapshot(), fetched.get().etag(), Optional.empty())
          : new Offer(present.snapshot().orElseThrow(), etag, Optional.empty());
    } catch (ServiceUnavailable e) {
      if (present.snapshot().isEmpty()) {
        throw e;
      }
      return new Offer(present.snapshot().get(), etag, Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** The files that have to change, in the order they are to: what is served first, state last. */
  private List<Replacement> plan(Present present, Offer offer) throws IOException, NodeFailure {
    Snapshot snapshot = offer.snapshot();
    SnapshotGuard.check(present.snapshot(), snapshot, acceptLedger);
    List<Replacement> replacements = new ArrayList<>();
    for (IdType type : IdType.values()) {
      ManagedFile file = present.file(type);
      String path = tree.file(type).toString();
      if (snapshot.rows().isEmpty() && !file.block().rows().isEmpty()) {
        throw new SyncRefused(
            "the snapshot of serial %d is refused: it is empty, and %s serves %d rows. If that is meant, remove the block by hand."
                .formatted(snapshot.serial(), path, file.block().rows().size()));
      }
      LocalGuard.check(snapshot, type, path, file.localRows(), present.accounts().ids(type));
      add(replacements, tree.file(type), file.with(snapshot, type).encode());
    }
    add(replacements, tree.snapshot(), snapshot.render());
    SyncState state =
        Present.stateOf(
            source.url(),
            offer.etag(),
            snapshot,
            present.subuid().with(snapshot, IdType.SUBUID),
            present.subgid().with(snapshot, IdType.SUBGID));
    add(replacements, tree.state(), state.encode().getBytes(StandardCharsets.UTF_8));
    return replacements;
  }

  private void add(List<Replacement> replacements, Path path, byte[] bytes)
      throws IOException, TreeUnfit {
    Optional<byte[]> present = tree.read(path);
    if (present.isEmpty() || !Arrays.equals(present.get(), bytes)) {
      replacements.add(new Replacement(path, bytes));
    }
  }
}
