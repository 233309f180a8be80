/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.api.RebindJson;
import io.cadastre.service.api.SupersedeJson;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.registry.IdentityCommands;
import io.cadastre.service.registry.PlannedChange;
import io.cadastre.service.registry.PlannedChange.Mode;
import io.cadastre.service.registry.PlannedChange.OfOwner;
import io.cadastre.service.registry.ShownChanges;
import io.cadastre.service.ui.page.ChangeKind;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.util.Optional;

/**
 * Makes of a form the same request that a program sends as JSON, with the same checks, and runs it.
 *
 * @param callerSays whether requests say who an account is, since no directory does
 */
record OwnerChangeForm(ShownChanges changes, IdentityCommands identities, boolean callerSays) {

  /** The field with the stable ID of the owner who is meant, among those who had the name. */
  static final String OWNER_ID = "ownerId";

  /** Runs the change of a form. */
  PlannedChange run(ChangeKind kind, PageForm form, Mode made, AuditContext context) {
    Optional<String> meant = form.text(OWNER_ID).map(String::strip);
    Mode mode = meant.<Mode>map(id -> new OfOwner(id, made)).orElse(made);
    SupersedeJson checked = new SupersedeJson(context.reason(), form.text("pool"));
    OwnerName name = name(form.required("owner").strip());
    return switch (kind) {
      case RETIRE -> changes.retire(name, meant, mode, context);
      case SUPERSEDE -> changes.supersede(name, old -> checked.pool().or(old::pool), mode, context);
      case REINSTATE -> changes.reinstate(name, mode, context);
      case REBIND ->
          identities.rebind(
              new RebindJson(
                      context.reason(),
                      form.optionalNumber("uidNumber"),
                      form.optionalNumber("gidNumber"),
                      form.text("stableId"),
                      form.text("dn"))
                  .requestFor(name),
              mode,
              context);
    };
  }

  private static OwnerName name(String text) {
    try {
      return new OwnerName(text);
    } catch (NameRefused e) {
      throw new Refused(RefusalCode.INVALID_NAME, e);
    }
  }
}
