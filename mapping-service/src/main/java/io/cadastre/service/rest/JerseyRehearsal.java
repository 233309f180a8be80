/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import io.cadastre.service.api.AllocatedJson;
import io.cadastre.service.api.Paths;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.servlet.ServletContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives Jersey requests to allocate before the connectors open, so that the first one of a client
 * finds the classes loaded. Each has a body that is refused while it is read: no resource method
 * runs, and nothing can be changed. They come from no connector, past no filter, and with no
 * credential.
 */
final class JerseyRehearsal implements LifeCycle.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(JerseyRehearsal.class);
  private static final int ROUNDS = 5;
  private static final URI BASE = URI.create("http://localhost/");

  /** The count of a UID is no text. */
  private static final byte[] REFUSED =
      "{\"stableId\":\"rehearsal\",\"gidNumber\":1000,\"uidNumber\":\"none\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final Environment environment;

  /** Rehearses with what this environment serves, when what it listens to has started. */
  JerseyRehearsal(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void lifeCycleStarted(LifeCycle started) {
    if (environment.getJerseyServletContainer() instanceof ServletContainer container) {
      for (int i = 0; i < ROUNDS; i++) {
        LOG.debug("refused in a rehearsal: {}", status(container.getApplicationHandler()));
      }
    }
    // What comes after the reading of a body: its validation, and the writing of an answer.
    LOG.debug(
        "to be validated: {}, to be written: {}",
        environment.getValidator().getConstraintsForClass(OwnersResource.class).isBeanConstrained(),
        environment.getObjectMapper().writerFor(AllocatedJson.class).hasPrefetchedSerializer());
  }

  /** The status of the answer; 0 if there was none. */
  static int status(ApplicationHandler handler) {
    ContainerRequest request =
        new ContainerRequest(
            BASE,
            BASE.resolve(Paths.owner("rehearsal")),
            HttpMethod.PUT,
            null,
            new MapPropertiesDelegate(),
            handler.getConfiguration());
    request.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    request.header(HttpHeaders.CONTENT_LENGTH, REFUSED.length);
    request.header(HttpHeaders.ACCEPT, MediaType.WILDCARD);
    request.setEntityStream(new ByteArrayInputStream(REFUSED));
    try {
      return handler.apply(request, new ByteArrayOutputStream()).get().getStatus();
    } catch (ExecutionException e) {
      LOG.debug("a rehearsal has failed", e);
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
