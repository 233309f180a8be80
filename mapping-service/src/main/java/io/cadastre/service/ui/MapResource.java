/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.registry.IdMap;
import io.cadastre.service.registry.IdMapQueries;
import io.cadastre.service.registry.MapRequest;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.SubordinateId;
import io.cadastre.service.ui.map.MapLinks;
import io.cadastre.service.ui.page.Frame;
import io.cadastre.service.ui.page.MapPage;
import io.cadastre.service.ui.page.Section;
import io.cadastre.subid.IdType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The ID space as a picture. */
@Path(PageSide.MAP)
public final class MapResource {
  private final Pages pages;
  private final IdMapQueries maps;

  MapResource(Pages pages, IdMapQueries maps) {
    this.pages = pages;
    this.maps = maps;
  }

  /** The whole space, a pool, or a window of one; all that is chosen is in the address. */
  @GET
  public Response map(
      @QueryParam("type") @DefaultValue("subuid") IdType type,
      @QueryParam("pool") Optional<String> pool,
      @QueryParam("zoom") @DefaultValue("0") long zoom,
      @QueryParam("id") Optional<SubordinateId> id,
      @QueryParam("claim") Optional<Long> claim,
      @Context HttpServletRequest request) {
    int step = (int) Math.min(zoom, MapRequest.MOST_ZOOM);
    IdMap map = maps.map(new MapRequest(type, pool, step, id.map(SubordinateId::value)));
    Frame frame = pages.frame(request, Section.MAP, MapPage.title(map.window()));
    MapLinks links =
        new MapLinks(frame.link("/"), type, map.window(), claim.flatMap(MapLinks::claim));
    return pages.page("map", new MapPage(frame, map, links));
  }
}
