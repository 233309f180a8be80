/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.registry.IdMapQueries;
import io.cadastre.service.registry.OwnerHistoryQueries;
import io.cadastre.service.registry.StateQueries;
import io.cadastre.service.rest.RestApi;
import io.cadastre.service.rest.http.ApiPath;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.Refusals;
import io.cadastre.service.ui.session.Sessions;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import org.glassfish.jersey.server.ServerProperties;

/** The pages for people, which ask the same queries as the REST interface. */
public final class Ui {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final RestApi api;
  private final OwnerHistoryQueries histories;
  private final StateQueries state;
  private final IdMapQueries maps;
  private final boolean callerSays;
  private final Sessions sessions;
  private final Pages pages;
  private final PageSide side;

  /**
   * Pages over what this interface offers to programs.
   *
   * @param maps the queries of the map, which programs do not ask
   * @param callerSays whether requests say who an account is, since no directory does
   */
  public Ui(
      RestApi api,
      OwnerHistoryQueries histories,
      StateQueries state,
      IdMapQueries maps,
      boolean callerSays,
      Sessions sessions,
      Environment environment) {
    this.api = api;
    this.histories = histories;
    this.state = state;
    this.maps = maps;
    this.callerSays = callerSays;
    this.sessions = sessions;
    ApiPath paths = RestApi.paths(environment);
    this.pages = new Pages(paths, sessions);
    this.side = new PageSide(paths, pages::problem);
  }

  /** Registers the interface for programs and the pages. */
  public void register(Environment environment, ServerFactory server) {
    api.register(environment, server, PageRules.TABLE, side);
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
    jersey.register(new OverviewResource(pages, api.pools(), state, api.audit(), api.clock()));
    jersey.register(new SearchResource(pages, api.ownerQueries(), histories, api.clock()));
    jersey.register(new OwnerPageResource(pages, histories));
    jersey.register(new MapResource(pages, maps));
    jersey.register(new EventPagesResource(pages, api.events()));
    jersey.register(
        new AuditPageResource(pages, api.audit(), api.works(), oneAtATime(environment)));
    jersey.register(new StorageConfPageResource(pages, environment.getObjectMapper()));
    jersey.register(new ProgressResource(pages, api.works()));
    jersey.register(
        new ChangePagesResource(
            pages,
            new OwnerChangeForm(api.owners().changes(), api.identities(), callerSays),
            api.pools(),
            environment.getObjectMapper()));
  }

  /** A thread for one work; a second one waits, and more are refused. */
  private static ExecutorService oneAtATime(Environment environment) {
    return environment
        .lifecycle()
        .executorService("page-work")
        .minThreads(1)
        .maxThreads(1)
        .workQueue(new ArrayBlockingQueue<>(1))
        .rejectedExecutionHandler(
            (work, executor) -> {
              throw new Unavailable(
                  "an audit runs and another waits; the page Progress shows how far it is", RETRY);
            })
        .build();
  }
}
