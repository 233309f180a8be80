/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** A client sends the body of its request more slowly than {@link BodyPace} allows: 408. */
final class BodyTooSlow extends IOException implements HttpException {
  private static final long serialVersionUID = 1L;

  BodyTooSlow(String message) {
    super(message);
  }

  @Override
  public int getCode() {
    return HttpStatus.REQUEST_TIMEOUT_408;
  }

  @Override
  public String getReason() {
    return String.valueOf(getMessage());
  }
}
