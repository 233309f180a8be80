/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One entry that the account filter matches, as far as it can be judged without the others.
 *
 * @param dn its DN
 * @param uid the uidNumber, if it is one ID
 * @param gid the gidNumber, if it is one ID
 * @param stableId the stable id, if it has one
 * @param formerStableId the text of the stable id in earlier versions, if it was another
 * @param names every value of the name attribute that is a name
 * @param texts every value of the name attribute, refused ones included
 * @param owner the owner; empty if the account cannot own a range
 * @param refusal why it cannot; empty with an owner, and for an entry without uidNumber, which is
 *     no account of a node
 */
record AccountRow(
    String dn,
    OptionalLong uid,
    OptionalLong gid,
    Optional<String> stableId,
    Optional<String> formerStableId,
    List<OwnerName> names,
    List<String> texts,
    Optional<Owner> owner,
    Optional<Finding> refusal) {

  /** Whether the nodes have an account by this entry: SSSD needs a uidNumber. */
  boolean isAccount() {
    return owner.isPresent() || refusal.isPresent();
  }
}
