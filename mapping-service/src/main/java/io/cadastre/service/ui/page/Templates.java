/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Fills the templates, which the build has compiled. Every value is escaped. Thread-safe. */
public final class Templates {
  /** The package of the compiled templates; the build's pom names it too. */
  private static final String PACKAGE = "io.cadastre.service.ui.template";

  private static final int USUAL = 16 << 10;

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

  /**
   * The page that a template makes of a record.
   *
   * @param name the template's file without ".jte"
   * @param page the template's only parameter
   */
  public String fill(String name, Record page) {
    StringOutput out = new StringOutput(USUAL);
    engine.render(name + ".jte", page, out);
    return out.toString();
  }
}
