/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.subid.IdType;

/**
 * The checks, in their order. A new check is a new constant with the method that it runs; scripts
 * identify a check by the name of its constant.
 */
public enum NodeCheck {
  N01("user namespaces", onNode(KernelChecks::userNamespaces)),
  N02("Debian's switch for user namespaces", onNode(KernelChecks::debianSwitch)),
  N03("AppArmor", onNode(KernelChecks::appArmor)),
  N04("newuidmap and newgidmap", onNode(MappingPrograms::privileged)),
  N05("source of subordinate IDs", onNode(SubidSource::loadable)),
  N06("the user's ranges", onUser(s -> new RangeChecks(s.node(), s.user()).enough())),
  N07("equal subuids and subgids", onUser(s -> new RangeChecks(s.node(), s.user()).symmetric())),
  N08("unexpected rows", onNode(UnexpectedRows::check)),
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
  N21("tmpfs", onUser(WrittenFolders::memory)),
  N22("SELinux", onUser(WrittenFolders::labels)),
  N23("snapshot", onNode(RegistryChecks::fresh)),
  N24("useradd", onNode(AccountPrograms::useradd)),
  N25("other programs that allocate IDs", onNode(RegistryChecks::otherAllocators)),
  N26("SSSD's ID mapping", onNode(SssdChecks::idMapping)),
  N27("SSSD's qualified names", onNode(SssdChecks::qualifiedNames)),
  N28("SSSD's case of names", onNode(SssdChecks::caseOfNames)),
  N29("SSSD as the source of ranges", onNode(SssdChecks::source)),
  N30("programs that do not ask libsubid", onNode(ConsumerChecks::unserved)),
  N31("upgrade of Podman", onUser(UpgradeCheck::foretold)),
  N32("heads of the event log", onNode(RegistryChecks::heads));

  /** Checks a node; {@link Unobservable} if something cannot be observed. */
  private interface NodeJudge {
    CheckOutcome judge(CheckedNode node) throws Unobservable;
  }

  /** Checks a user on a node. */
  private interface UserJudge {
    CheckOutcome judge(CheckContext context) throws Unobservable;
  }

  /** A check, with its form for a node alone and for a user. */
  private record Judge(boolean ofUser, NodeJudge node, UserJudge user) {}

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // the methods above have no state
  private final Judge judge;

  NodeCheck(String title, Judge judge) {
    this.title = title;
    this.judge = judge;
  }

  private static Judge onNode(NodeJudge judge) {
    return new Judge(false, judge, context -> judge.judge(context.node()));
  }

  private static Judge onUser(UserJudge judge) {
    return new Judge(
        true, node -> CheckOutcome.unknown("no user was named: run check with --user NAME"), judge);
  }

  /** The subject of the check. */
  public String title() {
    return title;
  }

  /** Whether the check is about a user, not only about the node. */
  boolean ofUser() {
    return judge.ofUser();
  }

  /** Runs the check for the node alone. */
  CheckOutcome judge(CheckedNode node) {
    try {
      return judge.node().judge(node);
    } catch (Unobservable e) {
      return CheckOutcome.unknown(String.valueOf(e.getMessage()));
    }
  }

  /** Runs the check for a user. */
  CheckOutcome judge(CheckContext context) {
    try {
      return judge.user().judge(context);
    } catch (Unobservable e) {
      return CheckOutcome.unknown(String.valueOf(e.getMessage()));
    }
  }
}
