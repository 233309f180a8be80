/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.fitness.PathFacts.Owner;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rule about the owner of an image store. Podman gives the first folder of a container to the
 * owner and the group of the image's last layer. In the user's namespace an ID that is not mapped
 * shows as 65534, and a chown to it needs a range that reaches container ID 65534 (podman#7879).
 * {@code ignore_chown_errors} does not cover this chown.
 */
final class ImageStoreOwners {
  private static final long UNMAPPED = 65534;
  private static final long ENOUGH = 65536;

  private ImageStoreOwners() {}

  /** The files of root's containers are used without a user namespace. */
  static Stream<FindingDraft> unmapped(SettingsContext settings) {
    return settings.rootless()
        ? ImageStore.allOf(settings)
            .filter(ImageStore::holdsImages)
            .flatMap(store -> unmapped(store).stream())
        : Stream.empty();
  }

  /** The owner of a store is known, and the ranges that could map it are not. */
  static Stream<FindingDraft> unjudged(SettingsContext settings) {
    if (!settings.rootless() || settings.facts().hasRanges().isPresent()) {
      return Stream.empty();
    }
    return ImageStore.allOf(settings)
        .filter(ImageStore::holdsImages)
        .filter(store -> store.owned().stream().anyMatch(path -> foreign(store, path)))
        .map(
            store ->
                FindingDraft.info(
                        "the image store %s belongs to another account, and the ranges of %s are not known; so it is not known either whether containers can be created from it"
                            .formatted(store.path(), store.user()),
                        "Run \"cadastre-node check\" on the node.")
                    .at(store.setting().place()));
  }

  private static boolean foreign(ImageStore store, String path) {
    return !overridden(store, path)
        && store
            .facts(path)
            .owner()
            .filter(owner -> owner.uid() != store.settings().from().request().user().uid())
            .isPresent();
  }

  private static Optional<FindingDraft> unmapped(ImageStore store) {
    return store.owned().stream()
        .filter(path -> !overridden(store, path))
        .flatMap(path -> unmapped(store, path).stream())
        .findFirst();
  }

  private static boolean overridden(ImageStore store, String path) {
    return store.settings().readsOwnersInAttributes()
        && store.facts(path).owner().filter(Owner::overridden).isPresent();
  }

  private static Optional<FindingDraft> unmapped(ImageStore store, String path) {
    Facts facts = store.settings().facts();
    Owner owner = store.facts(path).owner().orElseThrow();
    long uid = store.settings().from().request().user().uid();
    boolean byUid = unmapped(facts.subuids(), owner.uid(), Optional.of(uid));
    boolean byGid = unmapped(facts.subgids(), owner.gid(), facts.gid());
    if (!byUid && !byGid) {
      return Optional.empty();
    }
    IdType type = byUid ? IdType.SUBUID : IdType.SUBGID;
    long last = last((byUid ? facts.subuids() : facts.subgids()).orElse(List.of()));
    return Optional.of(
        FindingDraft.error(
                "the image store %s belongs to %s %d, which is not mapped, and %s: creating a container from it fails with \"requested %s:%s\""
                    .formatted(
                        path.equals(store.path()) ? path : "%s (%s)".formatted(store.path(), path),
                        byUid ? "uid" : "gid",
                        byUid ? owner.uid() : owner.gid(),
                        last == 0
                            ? "%s has no %ss".formatted(store.user(), type.word())
                            : "%s's %ss end at container ID %d"
                                .formatted(store.user(), type.word(), last),
                        byUid ? UNMAPPED : "...",
                        byGid ? UNMAPPED : "..."),
                "%s needs %d subuids and subgids, or a storage.conf without this store; ignore_chown_errors does not help here."
                    .formatted(store.user(), ENOUGH))
            .at(store.setting().place()));
  }

  /** Returns whether an ID is known to be unmapped, and 65534 as well. */
  private static boolean unmapped(Optional<List<IdRange>> ranges, long id, Optional<Long> own) {
    return own.isPresent()
        && own.get() != id
        && ranges
            .filter(known -> last(known) < UNMAPPED)
            .filter(known -> known.stream().noneMatch(range -> range.contains(id)))
            .isPresent();
  }

  /** Returns the last container ID: the ranges are mapped one after the other, from 1 on. */
  private static long last(List<IdRange> ranges) {
    return ranges.stream().mapToLong(IdRange::count).sum();
  }
}
