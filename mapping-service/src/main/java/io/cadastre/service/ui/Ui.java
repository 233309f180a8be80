/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.registry.IdMapQueries;
import io.cadastre.service.rest.RestApi;
import io.cadastre.service.rest.http.ApiPath;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.Refusals;
import io.cadastre.service.ui.session.Sessions;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import org.glassfish.jersey.server.ServerProperties;

/** The pages for people, which ask the same queries as the REST interface. */
public final class Ui {
  private final RestApi api;
  private final IdMapQueries maps;
  private final Sessions sessions;
  private final Pages pages;
  private final PageSide side;

  /**
   * Pages over what this interface offers to programs.
   *
   * @param maps the queries of the map, which programs do not ask
   */
  public Ui(RestApi api, IdMapQueries maps, Sessions sessions, Environment environment) {
    this.api = api;
    this.maps = maps;
    this.sessions = sessions;
    ApiPath paths = RestApi.paths(environment);
    this.pages = new Pages(paths, sessions);
    this.side = new PageSide(paths, pages::problem);
  }

  /** What the filter of access has to know of the pages. */
  public PageSide side() {
    return side;
  }

  /** Registers the pages. */
  public void register(Environment environment) {
    JerseyEnvironment jersey = environment.jersey();
    // Behind a proxy only the browser knows the scheme and the host of an address.
    jersey.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    jersey.register(new PageFormReader(sessions));
    jersey.register(
        new EntranceResource(
            pages,
            sessions,
            api.access().authenticators().isEmpty(),
            api.access().rates(),
            new Refusals(environment.getObjectMapper(), environment.metrics())));
    jersey.register(new OverviewResource(pages, api.pools()));
    jersey.register(new MapResource(pages, maps));
  }
}
