/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import io.cadastre.service.registry.AdminCommands.Adoption;
import java.util.List;

/**
 * The result of an adoption.
 *
 * @param allocations those that were, or would be, adopted
 * @param refused a finding for each entry that was not
 * @param warnings a finding for each adopted range that holds the ID of a removed account
 * @param suspended the names of the tokens that are not valid until they are confirmed
 */
public record AdoptedJson(
    List<HoldingJson> allocations,
    List<FindingJson> refused,
    List<FindingJson> warnings,
    List<String> suspended) {
  /** The answer that reports this adoption. */
  public static AdoptedJson of(Adoption adoption) {
    return new AdoptedJson(
        adoption.allocations().stream().map(HoldingJson::of).toList(),
        FindingJson.all(adoption.refused()),
        FindingJson.all(adoption.warnings()),
        adoption.suspended());
  }
}
