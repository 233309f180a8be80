/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Entry;
import io.cadastre.subid.OwnerName;
import java.util.Set;

/**
 * An account that a search by name found.
 *
 * @param entry with the attributes that were asked for
 * @param row what it says
 */
record FoundAccount(Entry entry, AccountRow row) {
  /** Whether a value of the name attribute is one of these names. */
  boolean hasAnyOf(Set<OwnerName> names) {
    return row.names().stream().anyMatch(names::contains);
  }
}
