/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Allocations for tests: owner {@code n} has slot {@code n}. */
final class TestAllocations {
  static final long FIRST = 1_001_062_400;
  static final long COUNT = 16_384;

  private TestAllocations() {}

  static Owner owner(int n) {
    return new Owner(
        "entryUUID:" + id("owner" + n),
        new OwnerName("user" + n),
        100_000 + n,
        400_000 + n,
        Optional.of("uid=user" + n + "," + Slapd.PEOPLE));
  }

  static Allocation active(int n) {
    return allocation(n, owner(n), AllocationState.ACTIVE);
  }

  static Allocation allocation(int slot, Owner owner, AllocationState state) {
    IdRange range = new IdRange(FIRST + slot * COUNT, COUNT);
    return new Allocation(
        id("slot" + slot), owner, Optional.of("default"), range, range, state, 100 + slot);
  }

  static Allocation in(AllocationState state, Allocation a) {
    return new Allocation(
        a.id(), a.owner(), a.pool(), a.uidRange(), a.gidRange(), state, a.serial() + 1);
  }

  static Allocation ownedBy(Owner owner, Allocation a) {
    return new Allocation(
        a.id(), owner, a.pool(), a.uidRange(), a.gidRange(), a.state(), a.serial() + 1);
  }

  static Owner named(String name, Owner o) {
    return new Owner(
        o.stableId(),
        new OwnerName(name),
        o.uidNumber(),
        o.gidNumber(),
        Optional.of("uid=" + name + "," + Slapd.PEOPLE));
  }

  static OwnerState state(Allocation... allocations) {
    return new OwnerState(allocations[0].owner().stableId(), List.of(allocations));
  }

  private static UUID id(String seed) {
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }
}
