/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cadastre.service.directory.PublishedEntry;
import io.cadastre.service.directory.PublishedEntry.Foreign;
import io.cadastre.service.directory.PublishedEntry.Ours;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Entries of a directory with random changes by others. No two have the same DN. */
final class RandomEntries {
  private final Random random;
  private final List<PublishedEntry> entries;
  private final List<Allocation> known;

  private RandomEntries(List<PublishedEntry> published, Random random) {
    this.random = random;
    this.entries = new ArrayList<>(published);
    this.known =
        WholeComparison.only(Ours.class, published).stream().map(Ours::allocation).toList();
  }

  /** These entries with up to eight changes. */
  static List<PublishedEntry> of(List<PublishedEntry> published, Random random) {
    RandomEntries mix = new RandomEntries(published, random);
    for (int changes = random.nextInt(9); changes > 0; changes--) {
      mix.change();
    }
    if (random.nextBoolean()) {
      Collections.shuffle(mix.entries, random);
    }
    return mix.entries;
  }

  private void change() {
    int at = random.nextInt(entries.size());
    if (!(entries.get(at) instanceof Ours old)) {
      return;
    }
    Allocation a = old.allocation();
    switch (random.nextInt(8)) {
      case 0 -> entries.remove(at);
      case 1 -> entries.set(at, new Ours(old.dn().replace(",", ", "), a));
      case 2 -> entries.set(at, unreadable(old.dn(), Optional.of(a.id())));
      case 3 -> entries.add(at, unreadable(anotherDn(), Optional.of(a.id())));
      case 4 ->
          entries.add(at, new Foreign(anotherDn(), ranges(), List.of(), Optional.empty(), none()));
      case 5 -> entries.add(at, new Ours(anotherDn(), random.nextBoolean() ? a : changed(a)));
      case 6 -> entries.add(at, new Ours(anotherDn(), changed(changed(unknown(a)))));
      default -> entries.set(at, new Ours(old.dn(), changed(a)));
    }
  }

  private static Optional<UUID> none() {
    return Optional.empty();
  }

  private String anotherDn() {
    return "cn=" + random.nextInt(Integer.MAX_VALUE) + ",ou=subids,dc=example,dc=org";
  }

  private Allocation other() {
    return known.get(random.nextInt(known.size()));
  }

  private List<IdRange> ranges() {
    IdRange range = other().uidRange();
    return List.of(new IdRange(range.start() + random.nextInt(3) - 1, 1 + random.nextInt(70_000)));
  }

  private Foreign unreadable(String dn, Optional<UUID> id) {
    Finding finding = new Finding("entry-unreadable", Severity.ERROR, dn, "bad", "delete it");
    return new Foreign(dn, ranges(), ranges(), Optional.of(finding), id);
  }

  private static Allocation unknown(Allocation a) {
    Allocation free = withRange(a, new IdRange(a.uidRange().start() + 500L * 65536, 65536));
    return withId(free, UUID.nameUUIDFromBytes(a.id().toString().getBytes(UTF_8)));
  }

  private Allocation changed(Allocation a) {
    Owner o = a.owner();
    return switch (random.nextInt(12)) {
      case 0 -> a.withRevision(0);
      case 1 -> a.withRevision(Math.max(0, a.revision() + random.nextInt(400) - 200));
      case 2 -> a.withRevision(a.revision() + 2_000_000);
      case 3 -> with(a, a.state(), Math.max(0, a.serial() + random.nextInt(400) - 200));
      case 4 -> a.withOwner(owner(o.stableId(), other().owner().name(), o.uidNumber(), o.dn()));
      case 5 -> a.withOwner(owner(o.stableId(), new OwnerName("new"), o.uidNumber(), o.dn()));
      case 6 -> a.withOwner(owner(o.stableId(), o.name(), other().owner().uidNumber(), o.dn()));
      case 7 -> a.withOwner(owner(other().owner().stableId(), o.name(), o.uidNumber(), o.dn()));
      case 8 -> a.withOwner(owner("entryUUID:x", o.name(), o.uidNumber(), o.dn()));
      case 9 -> a.withOwner(owner(o.stableId(), o.name(), o.uidNumber(), respelled(o.dn())));
      case 10 -> withRange(a, other().uidRange());
      default -> with(a, List.of(AllocationState.values()).get(random.nextInt(4)), a.serial());
    };
  }

  private static Optional<String> respelled(Optional<String> dn) {
    return Optional.of(dn.orElse("uid=x,dc=example,dc=org").replace(",", ", "));
  }

  private static Owner owner(String stableId, OwnerName name, long uid, Optional<String> dn) {
    return new Owner(stableId, name, uid, 5000, dn);
  }

  private static Allocation with(Allocation a, AllocationState state, long serial) {
    return new Allocation(
        a.id(), a.owner(), a.pool(), a.uidRange(), a.gidRange(), state, serial, a.revision());
  }

  private static Allocation withRange(Allocation a, IdRange range) {
    return new Allocation(
        a.id(), a.owner(), a.pool(), range, range, a.state(), a.serial(), a.revision());
  }

  private static Allocation withId(Allocation a, UUID id) {
    return new Allocation(
        id, a.owner(), a.pool(), a.uidRange(), a.gidRange(), a.state(), a.serial(), a.revision());
  }
}
