/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.db.DataSourceFactory;
import jakarta.validation.constraints.NotNull;

/** The ledger's database: every setting of Dropwizard's database pool, and when to create one. */
public final class LedgerConfiguration extends DataSourceFactory {
  @JsonProperty @NotNull private Create create = Create.NEVER;

  /** Whether a start may begin a new ledger. */
  public enum Create {
    /** {@code cadastre init} creates the ledger. A start without one fails. */
    @JsonProperty("never")
    NEVER,
    /** A start creates a ledger if there is none: for demonstrations and tests only. */
    @JsonProperty("ifMissing")
    IF_MISSING
  }

  /** Whether a start creates a missing ledger. */
  public boolean createsIfMissing() {
    return create == Create.IF_MISSING;
  }
}
