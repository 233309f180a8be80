/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.subid.IdRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds accounts in the files of a node and, on the running system, in NSS. */
final class UserAccounts {
  /** More names could exceed the length of a command line. */
  private static final int AT_ONCE = 500;

  private final HostInspector host;

  UserAccounts(HostInspector host) {
    this.host = host;
  }

  /**
   * Finds the accounts of these names, or uids if they are all digits, each account once and in
   * their order; unknown ones are left out.
   *
   * @throws Unobservable if passwd(5) or group(5) cannot be read, or getent(1) cannot be run
   */
  List<UserAccount> find(List<String> owners) throws Unobservable {
    Map<String, UserAccount> found = new LinkedHashMap<>();
    String own = host.text("/etc/passwd").orElse("");
    Map<String, Set<Long>> groups = groups(host.text("/etc/group").orElse(""));
    read(own, groups, found);
    Map<Long, UserAccount> uids = byUid(found);
    List<String> missing = owners.stream().filter(o -> get(o, found, uids).isEmpty()).toList();
    for (int from = 0; host.live() && from < missing.size(); from += AT_ONCE) {
      List<String> command = new ArrayList<>(List.of("getent", "passwd", "--"));
      command.addAll(missing.subList(from, Math.min(from + AT_ONCE, missing.size())));
      // The exit status is 2 if one of them is unknown; the others are printed anyway.
      ProgramResult result = SystemPrograms.run(SystemPrograms.PLAIN, command);
      read(result.output(), groups, found);
    }
    Map<Long, UserAccount> all = byUid(found);
    return owners.stream().flatMap(o -> get(o, found, all).stream()).distinct().toList();
  }

  /**
   * Finds the account of a name or else of a uid. A login name may be all digits, but getent(1)
   * takes that for a uid; id(1) tries the name first.
   *
   * @throws Unobservable as {@link #find}
   */
  Optional<UserAccount> resolve(String owner) throws Unobservable {
    if (host.live() && isId(owner) && !names(host).contains(owner)) {
      ProgramResult result = SystemPrograms.run("id", "-u", "--", owner);
      String uid = result.output().strip();
      if (result.status() == 0 && isId(uid) && Long.parseLong(uid) != Long.parseLong(owner)) {
        return find(List.of(uid)).stream().findFirst().map(user -> user.named(owner));
      }
    }
    return find(List.of(owner)).stream().findFirst();
  }

  /**
   * As {@link #resolve(String)} for several owners, each account once; unknown ones are left out.
   * The names come first, since they are looked up together.
   *
   * @throws Unobservable as {@link #find}
   */
  List<UserAccount> resolve(List<String> owners) throws Unobservable {
    Map<Long, UserAccount> found = new LinkedHashMap<>();
    List<String> names = owners.stream().filter(owner -> !isId(owner)).toList();
    find(names).forEach(user -> found.putIfAbsent(user.uid(), user));
    for (String owner : owners) {
      if (isId(owner)) {
        resolve(owner).ifPresent(user -> found.putIfAbsent(user.uid(), user));
      }
    }
    return List.copyOf(found.values());
  }

  private static Set<String> names(HostInspector host) throws Unobservable {
    Map<String, UserAccount> found = new LinkedHashMap<>();
    read(host.text("/etc/passwd").orElse(""), Map.of(), found);
    return found.keySet();
  }

  private static Map<Long, UserAccount> byUid(Map<String, UserAccount> found) {
    Map<Long, UserAccount> uids = new HashMap<>();
    found.values().forEach(user -> uids.putIfAbsent(user.uid(), user));
    return uids;
  }

  private static Optional<UserAccount> get(
      String owner, Map<String, UserAccount> found, Map<Long, UserAccount> uids) {
    return Optional.ofNullable(found.get(owner))
        .or(() -> Optional.of(owner).filter(UserAccounts::isId).map(Long::valueOf).map(uids::get));
  }

  /** This account with its groups from NSS as well, such as those of projects in the directory. */
  UserAccount withGroups(UserAccount user) throws Unobservable {
    if (!host.live()) {
      return user;
    }
    ProgramResult result = SystemPrograms.run("id", "-G", "--", user.name());
    Set<Long> groups = new HashSet<>(user.groups());
    for (String group : result.status() == 0 ? result.output().strip().split(" ") : new String[0]) {
      groups.add(Long.parseLong(group));
    }
    return new UserAccount(user.name(), user.uid(), user.gid(), groups, user.home());
  }

  private static void read(
      String passwd, Map<String, Set<Long>> groups, Map<String, UserAccount> found) {
    fields(passwd, 7)
        .forEach(
            f -> {
              Set<Long> own = new HashSet<>(groups.getOrDefault(f[0], Set.of()));
              own.add(Long.parseLong(f[3]));
              found.putIfAbsent(
                  f[0],
                  new UserAccount(f[0], Long.parseLong(f[2]), Long.parseLong(f[3]), own, f[5]));
            });
  }

  /** The gids by member. Primary groups come from passwd(5). */
  private static Map<String, Set<Long>> groups(String group) {
    Map<String, Set<Long>> groups = new LinkedHashMap<>();
    fields(group, 4)
        .forEach(
            f -> {
              for (String member : f[3].split(",", -1)) {
                groups.computeIfAbsent(member, m -> new HashSet<>()).add(Long.parseLong(f[2]));
              }
            });
    return groups;
  }

  private static Stream<String[]> fields(String text, int count) {
    return text.lines()
        .map(line -> line.split(":", -1))
        .filter(f -> f.length == count && isId(f[2]) && (count == 4 || isId(f[3])));
  }

  private static boolean isId(String text) {
    return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= IdRange.MAX_ID;
  }
}
