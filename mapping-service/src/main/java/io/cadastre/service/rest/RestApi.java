/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.cadastre.service.access.AccessTable;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.registry.AdminCommands;
import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.AuditLogQueries;
import io.cadastre.service.registry.IdentityCommands;
import io.cadastre.service.registry.ListingQueries;
import io.cadastre.service.registry.NodeReports;
import io.cadastre.service.registry.NodemapQueries;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.registry.PoolUsageQueries;
import io.cadastre.service.registry.RunningWork;
import io.cadastre.service.registry.SnapshotQueries;
import io.cadastre.service.registry.TokenCommands;
import io.cadastre.service.rest.direct.DirectAnswers;
import io.cadastre.service.rest.http.ApiPath;
import io.cadastre.service.rest.http.ContainerErrors;
import io.cadastre.service.rest.http.EventBehindAnswer;
import io.cadastre.service.rest.http.FailureMapper;
import io.cadastre.service.rest.http.HeadAsGet;
import io.cadastre.service.rest.http.NoTasks;
import io.cadastre.service.rest.http.NotModifiedWithoutLength;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.ParameterConverters;
import io.cadastre.service.rest.http.ProblemsAsPages;
import io.cadastre.service.rest.http.ReadyServlet;
import io.cadastre.service.rest.http.Refusals;
import io.cadastre.service.rest.http.RequestIds;
import io.cadastre.service.rest.http.RequestLimits;
import io.cadastre.service.rest.http.ResponseHeaders;
import io.cadastre.service.rest.http.ServerSettings;
import io.cadastre.service.rest.http.UnknownParameters;
import io.cadastre.service.rest.metrics.PrometheusMetrics;
import io.cadastre.service.rest.text.SnapshotCache;
import io.cadastre.service.view.CurrentView;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.errors.EofExceptionWriterInterceptor;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Optional;

/** Everything under /v1. */
public record RestApi(
    OwnerCommands owners,
    OwnerQueries ownerQueries,
    IdentityCommands identities,
    AdminCommands admin,
    Audit audit,
    PoolUsageQueries pools,
    ListingQueries allocations,
    AuditLogQueries events,
    CurrentView views,
    SnapshotQueries snapshots,
    NodemapQueries nodemaps,
    TokenCommands tokens,
    NodeReports nodes,
    RunningWork works,
    Access access,
    Clock clock) {

  /** Sets what the interface needs of the HTTP server; to be called before that is built. */
  public static void prepare(CadastreConfiguration configuration, Environment environment) {
    ServerFactory server = configuration.getServerFactory();
    ServerSettings.apply(server);
    environment.lifecycle().addEventListener(ServerSettings.limits(server));
    environment
        .lifecycle()
        .addEventListener(ServerSettings.requests(configuration.access().trustedProxies()));
    environment
        .admin()
        .addFilter("no-tasks", new NoTasks())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, NoTasks.PATHS);
  }

  /** The paths of the interface, behind what the configuration puts before them. */
  public static ApiPath paths(Environment environment) {
    return new ApiPath(
        environment.getApplicationContext()::getContextPath, environment.jersey()::getUrlPattern);
  }

  /**
   * Registers the resources, the mapper of failures and the filters.
   *
   * @param pageRules who may look at the pages for people, and send their forms
   */
  public void register(
      Environment environment, ServerFactory server, AccessTable pageRules, PageSide pages) {
    ObjectMapper mapper = strict(environment.getObjectMapper());
    SnapshotCache cache = new SnapshotCache(snapshots);
    ApiPath paths = paths(environment);
    // before the filter of access, which then sees a request first
    environment
        .admin()
        .addFilter(
            "prometheus",
            new PrometheusMetrics(environment.metrics(), environment.healthChecks(), pools, audit))
        .addMappingForUrlPatterns(
            EnumSet.of(DispatcherType.REQUEST), false, PrometheusMetrics.PATH);
    registerHttp(
        environment,
        mapper,
        access,
        pageRules,
        paths,
        pages,
        ServerSettings.allowsGet(server)
            ? Optional.of(new DirectAnswers(paths, ownerQueries, cache, views, mapper))
            : Optional.empty());
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new EventBehindAnswer(views));
    OwnersResource resource = new OwnersResource(owners, ownerQueries, identities);
    jersey.register(resource);
    jersey.register(new BatchResource(owners, resource, mapper));
    jersey.register(new IdsResource(ownerQueries, clock));
    jersey.register(new AllocationsResource(allocations));
    jersey.register(new PoolsResource(pools));
    jersey.register(new EventsResource(events));
    jersey.register(new AuditResource(audit, works));
    jersey.register(new SnapshotResource(cache));
    jersey.register(new ChangesResource(snapshots, cache));
    jersey.register(new StorageConfResource(mapper));
    jersey.register(new LustreResource(nodemaps));
    jersey.register(new AdminResource(admin, works));
    jersey.register(new AccountsResource(admin, mapper));
    jersey.register(new TokensResource(tokens, clock));
    jersey.register(new NodesResource(nodes));
    jersey.register(new OpenApiResource());
  }

  private static void registerHttp(
      Environment environment,
      ObjectMapper mapper,
      Access access,
      AccessTable pageRules,
      ApiPath paths,
      PageSide pages,
      Optional<DirectAnswers> direct) {
    ContainerErrors errors = new ContainerErrors(mapper, pages);
    environment.getApplicationContext().setErrorHandler(errors);
    environment.getApplicationContext().addEventListener(new JerseyRehearsal(environment));
    environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);
    environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(errors));
    Refusals refusals = new Refusals(mapper, environment.metrics());
    // Of these filters the one that is added last sees a request first.
    filter(environment.servlets(), "not-modified-without-length", new NotModifiedWithoutLength());
    filter(environment.servlets(), "head-as-get", new HeadAsGet());
    direct.ifPresent(d -> filter(environment.servlets(), "direct-answers", d));
    filter(
        environment.servlets(),
        "access",
        access.filter(
            AccessRules.APPLICATION.with(pageRules),
            paths,
            new Refusals(mapper, environment.metrics(), Optional.of(pages))));
    filter(environment.servlets(), "request-ids", new RequestIds());
    filter(
        environment.admin(),
        "access",
        access.filter(AccessRules.ADMIN, new ApiPath(() -> "/", () -> "/*"), refusals));
    filter(environment.admin(), "request-ids", new RequestIds());
    environment
        .admin()
        .addServlet("ready", new ReadyServlet(environment.healthChecks()))
        .addMapping("/ready");
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new FailureMapper());
    // a client that went away is no error
    jersey.register(new EofExceptionWriterInterceptor(environment.metrics()));
    jersey.register(new RequestLimits());
    jersey.register(new UnknownParameters());
    jersey.register(new ParameterConverters());
    jersey.register(new ResponseHeaders());
    jersey.register(new ProblemsAsPages(pages));
  }

  private static void filter(ServletEnvironment servlets, String name, Filter filter) {
    servlets
        .addFilter(name, filter)
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
  }

  /** A field of another type than the interface says is refused, not converted. */
  private static ObjectMapper strict(ObjectMapper mapper) {
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    mapper
        .coercionConfigFor(LogicalType.Integer)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    mapper
        .coercionConfigFor(LogicalType.Boolean)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    return mapper
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }
}
