/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.sync.ServedRanges;
import io.cadastre.node.tree.NodeTree;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the accounts that owner fields of subuid(5) mean on a node: in passwd(5) and, on the
 * running system, in NSS, which may know accounts that no file has.
 *
 * @param nodeState the files of the node
 * @param settings of its node.conf
 * @param lookUp finds the account of an owner field; it may start a program
 */
public record NodeAccounts(
    NodeState nodeState, NodeSettings settings, Function<String, Optional<Account>> lookUp) {

  /** The accounts that this node and NSS have. */
  public NodeAccounts(NodeState nodeState, NodeSettings settings) {
    this(nodeState, settings, owner -> resolve(nodeState.tree(), owner));
  }

  /**
   * The account of a login name or else of a uid; empty if there is none, or if NSS cannot be
   * asked.
   */
  public Optional<Account> find(String owner) {
    return lookUp.apply(owner);
  }

  private static Optional<Account> resolve(NodeTree tree, String owner) {
    try {
      return new UserAccounts(new HostInspector(tree)).resolve(owner).map(UserAccount::identity);
    } catch (Unobservable e) {
      return Optional.empty();
    }
  }

  /** The ranges that the node serves to a login name or a uid. */
  public ServedRanges ranges(String owner) {
    // The plugin answers the word that it is asked for, and asks no NSS.
    return ranges(owner, settings.mode() == Mode.FILES ? find(owner) : Optional.empty());
  }

  /** As {@link #ranges(String)}, with the account of the owner if one is known. */
  ServedRanges ranges(String owner, Optional<Account> known) {
    return known
        .filter(account -> settings.mode() == Mode.FILES)
        .map(account -> ServedRanges.of(nodeState, settings, account))
        .orElseGet(() -> ServedRanges.of(nodeState, settings, owner));
  }
}
