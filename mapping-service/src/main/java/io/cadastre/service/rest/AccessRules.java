/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static io.cadastre.service.access.AccessTable.Effect.CHANGES_WITHIN_BOUNDS;
import static io.cadastre.service.access.AccessTable.Effect.READS;
import static io.cadastre.service.access.Role.AUDITOR;
import static io.cadastre.service.access.Role.NODE;
import static io.cadastre.service.access.Role.PROVISIONER;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.api.Paths;
import java.util.Set;

/** The access tables of the two connectors. */
public final class AccessRules {
  /** The operations of the interface. */
  public static final AccessTable APPLICATION =
      new AccessTable.Builder()
          .allow(CHANGES_WITHIN_BOUNDS, "PUT", Paths.OWNER, PROVISIONER)
          .allow(CHANGES_WITHIN_BOUNDS, "DELETE", Paths.OWNER, PROVISIONER)
          .allow(CHANGES_WITHIN_BOUNDS, "POST", Paths.BATCH, PROVISIONER)
          .allow("GET", Paths.OWNER, PROVISIONER, AUDITOR)
          .allow("GET", Paths.OWNER + "/" + Paths.CONTAINS, PROVISIONER, NODE, AUDITOR)
          .allow("POST", Paths.OWNER + "/" + Paths.SUPERSEDE)
          .allow("POST", Paths.OWNER + "/" + Paths.REBIND)
          .allow("GET", Paths.IDS + "/" + Paths.SUBUID_OWNER, PROVISIONER, AUDITOR)
          .allow("GET", Paths.IDS + "/" + Paths.SUBGID_OWNER, PROVISIONER, AUDITOR)
          .allow("GET", Paths.ALLOCATIONS, AUDITOR)
          .allow("GET", Paths.POOLS, PROVISIONER, AUDITOR)
          .allow("GET", Paths.POOLS + "/" + Paths.POOL, PROVISIONER, AUDITOR)
          .allow("GET", Paths.EVENTS, AUDITOR)
          .allow("GET", Paths.AUDIT, AUDITOR)
          .allow("POST", Paths.AUDIT, AUDITOR)
          .allow("GET", Paths.SNAPSHOT, PROVISIONER, NODE, AUDITOR)
          .allow("GET", Paths.CHANGES, PROVISIONER, NODE, AUDITOR)
          .allow("GET", Paths.SUBUID, PROVISIONER, NODE, AUDITOR)
          .allow("GET", Paths.SUBGID, PROVISIONER, NODE, AUDITOR)
          .allow("PUT", Paths.NODES + "/" + Paths.REPORT, NODE)
          .allow("GET", Paths.NODES, AUDITOR)
          .allow("GET", Paths.NODES + "/" + Paths.NODE, AUDITOR)
          .allow(
              READS, "POST", Paths.STORAGE_CONF + "/" + Paths.VALIDATE, PROVISIONER, NODE, AUDITOR)
          .allow("GET", Paths.LUSTRE + "/" + Paths.NODEMAP, NODE, AUDITOR)
          .allow("GET", Paths.OPENAPI, PROVISIONER, NODE, AUDITOR)
          .allow("GET", Paths.admin(Paths.ACCOUNTS), AUDITOR)
          .allow("GET", Paths.admin(Paths.FOREIGN_RANGES), AUDITOR)
          .allow("POST", Paths.admin(Paths.FOREIGN_RANGES))
          .allow("POST", Paths.admin(Paths.RECONCILE))
          .allow("POST", Paths.admin(Paths.ADOPT))
          .allow("POST", Paths.admin(Paths.DISMISS_ENTRY))
          .allow("POST", Paths.admin(Paths.VERIFY_LEDGER))
          .allow("POST", Paths.admin(Paths.REBIND))
          .allow("POST", Paths.admin(Paths.FOLLOW))
          .allow("POST", Paths.admin(Paths.IMPORT))
          .allow("GET", Paths.admin(Paths.TOKENS), AUDITOR)
          .allow("POST", Paths.admin(Paths.TOKENS))
          .allow("POST", Paths.admin(Paths.REVOKE_TOKEN))
          .allow("POST", Paths.admin(Paths.SUSPEND_TOKENS))
          .allow("POST", Paths.admin(Paths.CONFIRM_TOKENS))
          .build();

  /** The paths of what nodes read, which {@code access.snapshot: everyone} opens. */
  public static final Set<String> SNAPSHOTS =
      Set.of(Paths.SNAPSHOT, Paths.CHANGES, Paths.SUBUID, Paths.SUBGID);

  /**
   * The admin connector: {@code /ping} says only that the process lives, and {@code /ready} only
   * which checks fail, not why.
   */
  public static final AccessTable ADMIN =
      new AccessTable.Builder()
          .everyone("GET", "/ping")
          .everyone("GET", "/ready")
          .allow("GET", "/healthcheck", AUDITOR)
          .allow("GET", "/metrics", AUDITOR)
          .allow("GET", "/threads")
          .allow("GET", "/pprof")
          .allow("GET", "/")
          .build();

  private AccessRules() {}
}
