/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The paths of the interface: resources, their limits and the commands take them from here. */
public final class Paths {
  /** The beginning of all paths. */
  public static final String V1 = "/v1";

  /** One owner. */
  public static final String OWNER = V1 + "/owners/{name}";

  /** Many owners; an account may have this name. */
  public static final String BATCH = V1 + "/owners/" + Paths.BATCH_NAME;

  /** The last segment of {@link #BATCH}. */
  public static final String BATCH_NAME = "batch";

  /** Below {@link #OWNER}. */
  public static final String SUPERSEDE = "supersede";

  /** Below {@link #OWNER}, and below {@link #ADMIN} for all owners. */
  public static final String REBIND = "rebind";

  /** Below {@link #OWNER}. */
  public static final String CONTAINS = "contains";

  /** The owners of IDs. */
  public static final String IDS = V1 + "/ids";

  /** Below {@link #IDS}. */
  public static final String SUBUID_OWNER = "subuid/{id}";

  /** Below {@link #IDS}. */
  public static final String SUBGID_OWNER = "subgid/{id}";

  /** The listing. */
  public static final String ALLOCATIONS = V1 + "/allocations";

  /** The pools. */
  public static final String POOLS = V1 + "/pools";

  /** Below {@link #POOLS}. */
  public static final String POOL = "{name}";

  /** The audit log. */
  public static final String EVENTS = V1 + "/events";

  /** The audit. */
  public static final String AUDIT = V1 + "/audit";

  /** The rows that nodes fetch. */
  public static final String SNAPSHOT = V1 + "/snapshot";

  /** The lines of subuid(5). */
  public static final String SUBUID = V1 + "/subuid";

  /** The lines of subgid(5). */
  public static final String SUBGID = V1 + "/subgid";

  /** The changes of the snapshot. */
  public static final String CHANGES = V1 + "/changes";

  /** The nodes. */
  public static final String NODES = V1 + "/nodes";

  /** Below {@link #NODES}. */
  public static final String NODE = "{node}";

  /** Below {@link #NODES}. */
  public static final String REPORT = NODE + "/report";

  /** Files of Podman. */
  public static final String STORAGE_CONF = V1 + "/storage-conf";

  /** Below {@link #STORAGE_CONF}. */
  public static final String VALIDATE = "validate";

  /** Lustre's servers. */
  public static final String LUSTRE = V1 + "/lustre";

  /** Below {@link #LUSTRE}. */
  public static final String NODEMAP = "nodemap";

  /** This interface's description. */
  public static final String OPENAPI = V1 + "/openapi.json";

  /** The operations of an admin beyond a single owner. */
  public static final String ADMIN = V1 + "/admin";

  /** Below {@link #ADMIN}. */
  public static final String ACCOUNTS = "accounts";

  /** Below {@link #ADMIN}. */
  public static final String RECONCILE = "reconcile";

  /** Below {@link #ADMIN}. */
  public static final String ADOPT = "adopt";

  /** Below {@link #ADMIN}. */
  public static final String FOREIGN_RANGES = "foreign-ranges";

  /** Below {@link #ADMIN}. */
  public static final String DISMISS_ENTRY = "dismiss-entry";

  /** Below {@link #ADMIN}. */
  public static final String VERIFY_LEDGER = "verify-ledger";

  /** Below {@link #ADMIN}. */
  public static final String FOLLOW = "follow";

  /** Below {@link #ADMIN}. */
  public static final String IMPORT = "import";

  /** Below {@link #ADMIN}. */
  public static final String TOKENS = "tokens";

  /** Below {@link #ADMIN}. */
  public static final String REVOKE_TOKEN = TOKENS + "/{token}/revoke";

  /** Below {@link #ADMIN}. */
  public static final String SUSPEND_TOKENS = TOKENS + "/suspend";

  /** Below {@link #ADMIN}. */
  public static final String CONFIRM_TOKENS = TOKENS + "/confirm";

  private Paths() {}

  /** The path of an owner. */
  public static String owner(String name) {
    return OWNER.replace("{name}", encoded(name));
  }

  /** The path of an operation on an owner. */
  public static String owner(String name, String operation) {
    return owner(name) + "/" + operation;
  }

  /** The path of the owner of an ID, by {@link #SUBUID_OWNER} or {@link #SUBGID_OWNER}. */
  public static String idOwner(String template, long id) {
    return IDS + "/" + template.replace("{id}", Long.toString(id));
  }

  /** The path of an admin's operation. */
  public static String admin(String operation) {
    return ADMIN + "/" + operation;
  }

  /** The path that revokes the token with this name. */
  public static String revokeToken(String name) {
    return admin(REVOKE_TOKEN).replace("{token}", encoded(name));
  }

  /** A text as one segment of a path, or as a value of a query: percent-encoded. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
