/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.AccountHolders.UnfitAccount;
import io.cadastre.service.directory.AccountIndex;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.imports.FieldAccount;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.ReservedNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The accounts that the rows of an import may belong to: those of the directory, or those that the
 * caller vouches for. Immutable.
 */
final class ImportAccounts {
  private static final Pattern CANONICAL = Pattern.compile("[1-9][0-9]{0,9}");

  private final Function<String, Stream<FieldAccount>> named;
  private final Function<Long, Stream<FieldAccount>> numbered;
  private final Function<IdRange, Optional<String>> realIds;
  private final Set<Long> gids;

  private ImportAccounts(
      Function<String, Stream<FieldAccount>> named,
      Function<Long, Stream<FieldAccount>> numbered,
      Function<IdRange, Optional<String>> realIds,
      Set<Long> gids) {
    this.named = named;
    this.numbered = numbered;
    this.realIds = realIds;
    this.gids = gids;
  }

  /** The accounts of a read of the directory. */
  static ImportAccounts of(AccountIndex read) {
    return new ImportAccounts(
        field ->
            Stream.concat(
                named(field).flatMap(read::byName).map(FieldAccount::of).stream(),
                read.holders().unfitNamed(field).stream().map(ImportAccounts::refused)),
        uid ->
            Stream.concat(
                read.byUid(uid).map(FieldAccount::of).stream(),
                read.holders().unfitNumbered(uid).stream().map(ImportAccounts::refused)),
        range -> read.holders().in(range),
        Set.of());
  }

  private static Optional<OwnerName> named(String field) {
    try {
      return Optional.of(new OwnerName(field));
    } catch (NameRefused e) {
      return Optional.empty();
    }
  }

  private static FieldAccount refused(UnfitAccount account) {
    return FieldAccount.refused(account.dn(), account.reason());
  }

  /**
   * The accounts that a caller gives. One that an allocation would be refused for can own nothing.
   * The accounts of a node itself are left out, so that their rows stay local. A name is that in
   * the case of the owners' names.
   */
  static ImportAccounts of(List<GivenAccount> given, Identities identities, ReservedNames own) {
    NameCase nameCase = identities.nameCase();
    Map<String, List<FieldAccount>> byName = new HashMap<>();
    Map<Long, List<FieldAccount>> byUid = new HashMap<>();
    TreeMap<Long, String> ids = new TreeMap<>();
    for (GivenAccount one : given) {
      long uid = one.identity().uidNumber();
      long gid = one.identity().gidNumber();
      String account = "%s (uid %d)".formatted(one.name(), uid);
      ids.putIfAbsent(gid, "gid %d of %s".formatted(gid, account));
      ids.put(uid, "uid %d of %s".formatted(uid, account));
      String name = nameCase.text(one.name());
      if (named(name).filter(own::contains).isEmpty()) {
        FieldAccount owner = owner(one, account, identities);
        byName.computeIfAbsent(name, n -> new ArrayList<>(1)).add(owner);
        byUid.computeIfAbsent(uid, n -> new ArrayList<>(1)).add(owner);
      }
    }
    return new ImportAccounts(
        field -> byName.getOrDefault(nameCase.text(field), List.of()).stream(),
        uid -> byUid.getOrDefault(uid, List.of()).stream(),
        range ->
            Optional.ofNullable(ids.ceilingEntry(range.start()))
                .filter(entry -> entry.getKey() <= range.last())
                .map(Map.Entry::getValue),
        given.stream().map(one -> one.identity().gidNumber()).collect(Collectors.toSet()));
  }

  private static FieldAccount owner(GivenAccount given, String account, Identities identities) {
    try {
      AllocateRequest request =
          new AllocateRequest(
              new OwnerName(given.name()), Optional.empty(), Optional.of(given.identity()));
      Owner owner = identities.resolve(request).owner();
      return new FieldAccount(account, Optional.of(owner), "");
    } catch (NameRefused | Refused e) {
      return FieldAccount.refused(account, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The accounts that an owner field denotes, each once: by name, and by uid in the canonical
   * decimal digits that shadow compares.
   */
  List<FieldAccount> of(String field) {
    Stream<FieldAccount> byUid =
        CANONICAL.matcher(field).matches() ? numbered.apply(Long.parseLong(field)) : Stream.empty();
    return Stream.concat(named.apply(field), byUid).distinct().toList();
  }

  /** Whether a given account has this primary gid. */
  boolean hasGid(long gid) {
    return gids.contains(gid);
  }

  /** Returns the lowest real ID in the range, and who has it. */
  Optional<String> realId(IdRange range) {
    return realIds.apply(range);
  }
}
