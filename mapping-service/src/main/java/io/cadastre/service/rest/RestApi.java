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
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.IdentityCommands;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.registry.PoolQueries;
import io.cadastre.service.rest.http.ContainerErrors;
import io.cadastre.service.rest.http.FailureMapper;
import io.cadastre.service.rest.http.HeadAsGet;
import io.cadastre.service.rest.http.RequestIds;
import io.cadastre.service.rest.http.RequestLimits;
import io.cadastre.service.rest.http.ResponseHeaders;
import io.cadastre.service.rest.http.ServerSettings;
import io.cadastre.service.rest.text.SnapshotCache;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.errors.EofExceptionWriterInterceptor;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.EnumSet;

/** Everything under /v1. */
public record RestApi(
    Ledger ledger,
    OwnerCommands registry,
    OwnerQueries lookups,
    IdentityCommands rebinding,
    Audit audit,
    Clock clock) {

  /** Sets what the interface needs of the HTTP server; to be called before that is built. */
  public static void prepare(ServerFactory server, Environment environment) {
    ServerSettings.apply(server);
    environment.lifecycle().addEventListener(ServerSettings.limits(server));
    environment.getAdminContext().insertHandler(ServerSettings.limitOfTasks());
  }

  /** Registers the resources, the mapper of failures and the filters. */
  public void register(Environment environment) {
    ObjectMapper mapper = strict(environment.getObjectMapper());
    ContainerErrors errors = new ContainerErrors(mapper);
    environment.getApplicationContext().setErrorHandler(errors);
    environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);
    environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(errors));
    filter(environment, "request-ids", new RequestIds());
    filter(environment, "head-as-get", new HeadAsGet());
    JerseyEnvironment jersey = environment.jersey();
    jersey.register(new FailureMapper());
    // a client that went away is no error
    jersey.register(new EofExceptionWriterInterceptor(environment.metrics()));
    jersey.register(new RequestLimits());
    jersey.register(new ResponseHeaders());
    PoolQueries pools = new PoolQueries(ledger, clock);
    OwnersResource owners = new OwnersResource(registry, lookups, rebinding);
    jersey.register(owners);
    jersey.register(new BatchResource(registry, owners, mapper));
    jersey.register(new IdsResource(lookups, clock));
    jersey.register(new AllocationsResource(ledger, pools));
    jersey.register(new PoolsResource(pools));
    jersey.register(new EventsResource(ledger));
    jersey.register(new AuditResource(audit));
    SnapshotCache snapshots = new SnapshotCache(ledger);
    jersey.register(new SnapshotResource(snapshots));
    jersey.register(new ChangesResource(ledger, snapshots));
    jersey.register(new StorageConfResource());
    jersey.register(new LustreResource(ledger, pools));
    jersey.register(new OpenApiResource());
  }

  private static void filter(Environment environment, String name, Filter filter) {
    environment
        .servlets()
        .addFilter(name, filter)
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
  }

  /** What a field does not hold as the interface says is refused, not bent until it fits. */
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
    return mapper
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  }
}
