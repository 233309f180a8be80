/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.direct;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An answer that cannot be refused any more. */
interface DirectAnswer {
  /**
   * Sends status, fields and body.
   *
   * @throws IOException if the client has gone away
   */
  void write(HttpServletResponse response) throws IOException;
}
