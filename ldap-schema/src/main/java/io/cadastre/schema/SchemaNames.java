/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.schema;

/**
 * The names of Cadastre's own schema that are not in a {@link Profile}: the auxiliary class, with
 * which the entries hold all that a ledger can be rebuilt from, and the class of closed
 * allocations.
 */
public final class SchemaNames {
  /** The auxiliary class of every entry that Cadastre writes. */
  public static final String ALLOCATION_CLASS = "cadastreAllocation";

  /** The structural class under {@code ou=retired}, which SSSD does not read. */
  public static final String RETIRED_CLASS = "cadastreRetiredRange";

  /** UUID of the allocation, in lower case. */
  public static final String ALLOCATION_ID = "cadastreAllocationId";

  /** The stable id of the owner. */
  public static final String STABLE_ID = "cadastreStableId";

  /** Login name of the owner. */
  public static final String OWNER_NAME = "cadastreOwnerName";

  /** uidNumber of the owner. */
  public static final String OWNER_UID = "cadastreOwnerUid";

  /** gidNumber of the owner. */
  public static final String OWNER_GID = "cadastreOwnerGid";

  /** The pool; absent for an imported range outside the grid. */
  public static final String POOL = "cadastrePool";

  /** The state of the allocation, as its word. */
  public static final String STATE = "cadastreState";

  /** Serial of the last change to the allocation. */
  public static final String SERIAL = "cadastreSerial";

  /**
   * Revision of the ledger at the last change to the allocation; absent in entries of earlier
   * versions and on a server with the schema of an earlier version.
   */
  public static final String REVISION = "cadastreRevision";

  private SchemaNames() {}
}
