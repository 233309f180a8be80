/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.Paths;
import io.cadastre.service.rest.http.ResponseHeaders;
import io.cadastre.subid.Version;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The OpenAPI document, made when it is first asked for. */
@Path(Paths.OPENAPI)
public final class OpenApiResource {
  private static final class Document {
    static final String JSON = OpenApiDocument.render(Optional.of(Version.text()));
  }

  OpenApiResource() {}

  /** The same as docs/openapi.json, and in {@code x-release} the version of this program. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response document() {
    return Response.ok(Document.JSON)
        .header(HttpHeaders.CACHE_CONTROL, ResponseHeaders.REVALIDATE)
        .build();
  }
}
