/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.UidRange;
import io.cadastre.service.event.AuditContext;
import java.util.Optional;

/** Callers with credentials. */
final class Provisioners {
  static final String BASE = "ou=people, dc=example,dc=org";

  /** An admin. */
  static final AuditContext ADMIN = caller("alice", Role.ADMIN, Bounds.NONE);

  private Provisioners() {}

  /** A provisioner within these bounds. */
  static AuditContext within(Bounds bounds) {
    return caller("hook", Role.PROVISIONER, bounds);
  }

  private static AuditContext caller(String name, Role role, Bounds bounds) {
    return AuditContext.of(
        new Principal(name, role, CredentialKind.TOKEN, Optional.of("0000000000"), bounds),
        Optional.empty(),
        Optional.of("a test"));
  }

  /** The uids of the provisioners in these tests, and no other bound. */
  static Bounds uids() {
    return new Bounds(
        Optional.empty(),
        Optional.of(new UidRange(47000, 47999)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The uids, and stable ids that begin with {@code a-}. */
  static Bounds prefix() {
    return new Bounds(
        Optional.empty(), uids().uids(), Optional.of("a-"), Optional.empty(), Optional.empty());
  }

  /** The uids, and accounts below {@link #BASE}. */
  static Bounds base() {
    return new Bounds(
        Optional.empty(), uids().uids(), Optional.empty(), Optional.of(BASE), Optional.empty());
  }

  /** The uids, and the pool {@code own}. */
  static Bounds pool() {
    return new Bounds(
        Optional.of("own"), uids().uids(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
