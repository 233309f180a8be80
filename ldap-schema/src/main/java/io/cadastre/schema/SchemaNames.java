/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.schema;

/**
 * The names that Cadastre's own schema defines beside those of a {@link Profile}: the auxiliary
 * class that makes an entry enough to rebuild the ledger, and the class of what is closed.
 */
public final class SchemaNames {
  /** The auxiliary class of every entry that Cadastre wrote. */
  public static final String ALLOCATION_CLASS = "cadastreAllocation";

  /** The structural class under {@code ou=retired}: the numbers without a class SSSD looks for. */
  public static final String RETIRED_CLASS = "cadastreRetiredRange";

  /** UUID of the allocation, in lower case. */
  public static final String ALLOCATION_ID = "cadastreAllocationId";

  /** What never changes about the owning account. */
  public static final String STABLE_ID = "cadastreStableId";

  /** Login name of the owner. */
  public static final String OWNER_NAME = "cadastreOwnerName";

  /** uidNumber of the owner. */
  public static final String OWNER_UID = "cadastreOwnerUid";

  /** gidNumber of the owner. */
  public static final String OWNER_GID = "cadastreOwnerGid";

  /** The pool; absent for a range that was imported off the grid. */
  public static final String POOL = "cadastrePool";

  /** The word of the allocation's state. */
  public static final String STATE = "cadastreState";

  /** Serial of the last change to the allocation. */
  public static final String SERIAL = "cadastreSerial";

  private SchemaNames() {}
}
