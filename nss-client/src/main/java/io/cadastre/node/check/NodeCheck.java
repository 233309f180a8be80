/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.subid.IdType;

/**
 * The checks, in their order. Another check is another constant, and the method that it names; its
 * name is what scripts know it by.
 */
public enum NodeCheck {
  N01("user namespaces", onNode(KernelChecks::userNamespaces)),
  N02("Debian's switch for user namespaces", onNode(KernelChecks::debianSwitch)),
  N03("AppArmor", onNode(KernelChecks::appArmor)),
  N04("newuidmap and newgidmap", onNode(MappingPrograms::privileged)),
  N05("source of subordinate IDs", onNode(SubidSource::loadable)),
  N06("the user's ranges", onUser(s -> new UserRanges(s.node(), s.user()).enough())),
  N07("subuids and subgids alike", onUser(s -> new UserRanges(s.node(), s.user()).symmetric())),
  N08("odd rows", onNode(RegistryChecks::residue)),
  N09("Podman and libsubid", onUser(s -> s.probed().linked(s.ranges(IdType.SUBUID)))),
  N10("uid_map", onUser(s -> s.probed().mapped(s.user(), s.ranges(IdType.SUBUID)))),
  N11("storage.conf", onUser(StorageChecks::files)),
  N12("file systems", onUser(StorageChecks::fileSystems)),
  N13("driver", onUser(StorageChecks::driver)),
  N14("ignore_chown_errors", onUser(StorageChecks::flag)),
  N15("attributes", onUser(StorageChecks::attributes)),
  N16("mount options", onUser(StorageChecks::mount)),
  N17("chown", onUser(s -> s.probed().chown(s.ranges(IdType.SUBUID)))),
  N18("Lustre's nodemap", onUser(LustreServer::nodemap)),
  N19("image stores", onUser(StorageChecks::imageStores)),
  N20("session", onUser(s -> SessionCheck.delegated(s.node(), s.user()))),
  N21("tmpfs", onUser(StorageChecks::memory)),
  N22("SELinux", onUser(StorageChecks::labels)),
  N23("snapshot", onNode(RegistryChecks::fresh)),
  N24("useradd", onNode(SubidSource::useradd)),
  N25("others who hand out IDs", onNode(RegistryChecks::neighbours));

  /** Judges a node; what cannot be seen is {@link Unobservable}. */
  private interface NodeJudge {
    CheckOutcome judge(CheckedNode node) throws Unobservable;
  }

  /** Judges a user on a node. */
  private interface UserJudge {
    CheckOutcome judge(CheckContext subject) throws Unobservable;
  }

  /** One of the two. */
  private record Judge(boolean ofUser, NodeJudge node, UserJudge user) {}

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // the methods above keep nothing
  private final Judge judge;

  NodeCheck(String title, Judge judge) {
    this.title = title;
    this.judge = judge;
  }

  private static Judge onNode(NodeJudge judge) {
    return new Judge(false, judge, subject -> judge.judge(subject.node()));
  }

  private static Judge onUser(UserJudge judge) {
    return new Judge(
        true,
        node -> CheckOutcome.unknown("nobody's containers were asked about: --user NAME"),
        judge);
  }

  /** What it is about. */
  public String title() {
    return title;
  }

  /** Whether it is about a user, not about the node alone. */
  boolean ofUser() {
    return judge.ofUser();
  }

  /** The outcome for a node, whoever uses it. */
  CheckOutcome judge(CheckedNode node) {
    try {
      return judge.node().judge(node);
    } catch (Unobservable e) {
      return CheckOutcome.unknown(String.valueOf(e.getMessage()));
    }
  }

  /** The outcome for a user. */
  CheckOutcome judge(CheckContext subject) {
    try {
      return judge.user().judge(subject);
    } catch (Unobservable e) {
      return CheckOutcome.unknown(String.valueOf(e.getMessage()));
    }
  }
}
