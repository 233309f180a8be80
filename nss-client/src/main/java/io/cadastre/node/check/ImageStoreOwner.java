/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.tree.FileStat;
import io.cadastre.storage.Setting;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.util.List;
import java.util.Optional;

/**
 * The part of N19 about the owner of an image store. Podman gives the first folder of a container
 * to the owner and the group of the image's last layer. In the user's namespace an ID that is not
 * mapped shows as 65534, and a chown to it needs a range that reaches container ID 65534
 * (podman#7879). {@code ignore_chown_errors} does not cover this chown.
 */
final class ImageStoreOwner {
  private static final long UNMAPPED = 65534;
  private static final long ENOUGH = 65536;

  private ImageStoreOwner() {}

  /**
   * What is wrong with the first such store; empty if the user can create containers from all.
   *
   * @throws Unobservable if the user's ranges are not known, and a store needs them
   */
  static Optional<CheckOutcome> problem(CheckContext context, List<Setting> stores)
      throws Unobservable {
    UserAccount user = context.user();
    if (user.uid() == 0) {
      return Optional.empty(); // root's containers run without a user namespace
    }
    for (Setting store : stores) {
      Optional<FileStat> owner = owner(context, store.value());
      if (owner.isEmpty()) {
        continue; // missing or hidden, which other findings name
      }
      Optional<CheckOutcome> problem =
          problem(context, store, IdType.SUBUID, owner.get().uid(), user.uid());
      if (problem.isEmpty()) {
        problem = problem(context, store, IdType.SUBGID, owner.get().gid(), user.gid());
      }
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /** The owner of the layers, which may lie in a folder of somebody else. */
  private static Optional<FileStat> owner(CheckContext context, String store) throws Unobservable {
    HostInspector host = context.node().host();
    String layers = store + "/" + context.effective().driver().value();
    return host.tryStat(host.resolve(layers)).or(() -> host.tryStat(host.resolve(store)));
  }

  private static Optional<CheckOutcome> problem(
      CheckContext context, Setting store, IdType type, long id, long own) throws Unobservable {
    if (id == own) {
      return Optional.empty();
    }
    List<IdRange> ranges = context.ranges(type);
    long last = ranges.stream().mapToLong(IdRange::count).sum();
    if (last >= UNMAPPED || ranges.stream().anyMatch(range -> range.contains(id))) {
      return Optional.empty();
    }
    String user = context.user().name();
    return Optional.of(
        CheckOutcome.fail(
            "the image store %s belongs to %s %d, which is not mapped, and %s: creating a container from it fails with \"requested 65534:65534\""
                .formatted(
                    store.value(),
                    type == IdType.SUBUID ? "uid" : "gid",
                    id,
                    last == 0
                        ? "%s has no %ss".formatted(user, type.word())
                        : "%s's %ss end at container ID %d".formatted(user, type.word(), last)),
            "%s needs %d subuids and subgids (N06), or a storage.conf without this store; ignore_chown_errors does not help here."
                .formatted(user, ENOUGH)));
  }
}
