/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import io.cadastre.subid.StoredText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the owner and the numbers of an account from its entry. Immutable. */
final class AccountReader {
  private static final String UID_NUMBER = "uidNumber";
  private static final String GID_NUMBER = "gidNumber";

  private final LoginName login;
  private final StableId stableId;

  AccountReader(LoginName login, StableId stableId) {
    this.login = login;
    this.stableId = stableId;
  }

  LoginName login() {
    return login;
  }

  StableId stableId() {
    return stableId;
  }

  /** The attributes that a search must return. */
  List<String> attributes() {
    return List.of(login.attribute(), stableId.attribute(), UID_NUMBER, GID_NUMBER);
  }

  /** Reads an entry that the account filter matches. */
  AccountRow row(Entry entry) {
    Optional<Owner> owner = Optional.empty();
    Optional<Finding> refusal = Optional.empty();
    try {
      owner = Optional.of(owner(entry));
    } catch (AccountRefused e) {
      refusal = Optional.of(e.finding()).filter(f -> entry.hasAttribute(UID_NUMBER));
    }
    return new AccountRow(
        entry.getDN(),
        uidNumber(entry),
        gidNumber(entry),
        stableId.of(entry),
        stableId.formerly(entry),
        login.all(entry),
        login.texts(entry),
        owner,
        refusal);
  }

  /**
   * Reads the owner.
   *
   * @throws AccountRefused if the account cannot own a range
   */
  private Owner owner(Entry entry) {
    try {
      Owner owner =
          new Owner(
              stableId
                  .of(entry)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException("it has no single " + stableId.attribute())),
              login.of(entry),
              required(uidNumber(entry), UID_NUMBER),
              required(gidNumber(entry), GID_NUMBER),
              Optional.of(entry.getDN()));
      StoredText.check(owner);
      return owner;
    } catch (IllegalArgumentException e) {
      String dn = DnText.of(entry.getDN());
      throw new AccountRefused(
          new Finding(
              "account-refused",
              Severity.WARNING,
              dn,
              "the account %s cannot own a range: %s"
                  .formatted(dn, DnText.of(String.valueOf(e.getMessage()))),
              "correct the entry, or let accountFilter leave it out"));
    }
  }

  private static long required(OptionalLong number, String attribute) {
    return number.orElseThrow(
        () ->
            new IllegalArgumentException(
                "it has no single %s from 0 to %d".formatted(attribute, IdRange.MAX_ID)));
  }

  /** Reads the uidNumber; empty unless it has one value that is a valid ID. */
  OptionalLong uidNumber(Entry entry) {
    return number(entry, UID_NUMBER);
  }

  /** Reads the gidNumber; empty unless it has one value that is a valid ID. */
  OptionalLong gidNumber(Entry entry) {
    return number(entry, GID_NUMBER);
  }

  private static OptionalLong number(Entry entry, String name) {
    Attribute attribute = entry.getAttribute(name);
    if (attribute == null || attribute.size() != 1) {
      return OptionalLong.empty();
    }
    try {
      long id = Long.parseLong(attribute.getValue());
      return id < 0 || id > IdRange.MAX_ID ? OptionalLong.empty() : OptionalLong.of(id);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
