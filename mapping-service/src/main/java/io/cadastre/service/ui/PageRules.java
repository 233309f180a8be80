/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static io.cadastre.service.access.AccessTable.Effect.READS;
import static io.cadastre.service.access.Role.AUDITOR;

import io.cadastre.service.access.AccessTable;
import io.cadastre.service.rest.http.PageSide;

/**
 * Who may look at which page and send which form. A path that has no row is none. The rows of forms
 * are those of the operations behind them.
 */
public final class PageRules {
  private static final String ROOT = PageSide.ROOT;

  /** The rows. */
  public static final AccessTable TABLE =
      new AccessTable.Builder()
          .everyone("GET", "/")
          .everyone("GET", ROOT)
          .everyone("GET", ROOT + "/static/{file}")
          .everyone("GET", PageSide.SIGN_IN)
          .everyone("POST", PageSide.SIGN_IN)
          .allow(READS, "POST", ROOT + "/sign-out", AUDITOR)
          .allow("GET", ROOT + "/overview", AUDITOR)
          .allow("GET", ROOT + "/search", AUDITOR)
          .allow("GET", ROOT + "/owners/{name}", AUDITOR)
          .allow("GET", PageSide.EVENTS, AUDITOR)
          .allow("GET", PageSide.EVENTS + "/csv", AUDITOR)
          .allow("GET", ROOT + "/audit", AUDITOR)
          .allow("POST", ROOT + "/audit", AUDITOR)
          .allow("GET", PageSide.STORAGE_CONF, AUDITOR)
          .allow(READS, "POST", PageSide.STORAGE_CONF, AUDITOR)
          .allow("GET", ROOT + "/progress", AUDITOR)
          .allow("GET", ROOT + "/progress/rows", AUDITOR)
          .allow("GET", ROOT + "/changes")
          .allow("GET", ROOT + "/changes/{kind}")
          .allow("POST", ROOT + "/changes/{kind}/preview")
          .allow("POST", ROOT + "/changes/{kind}")
          .allow("GET", ROOT + "/map", AUDITOR)
          .build();

  private PageRules() {}
}
