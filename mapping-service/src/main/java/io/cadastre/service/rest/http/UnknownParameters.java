/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses query parameters that the matched method does not take: a misspelled {@code dryRun} must
 * not change anything.
 */
public final class UnknownParameters implements DynamicFeature {
  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(new Check(names(resource.getResourceMethod())));
  }

  private static SortedSet<String> names(Method method) {
    return Stream.of(method.getParameters())
        .flatMap(p -> Optional.ofNullable(p.getAnnotation(QueryParam.class)).stream())
        .map(QueryParam::value)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private record Check(SortedSet<String> known) implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getMethod().equals(HttpMethod.OPTIONS)) {
        return; // Jersey answers it for all methods of the path
      }
      String query = request.getUriInfo().getRequestUri().getRawQuery();
      if (query != null && Stream.of(query.split("&")).anyMatch(p -> p.startsWith("="))) {
        refuse(""); // Jersey drops parameters without a name
      }
      request.getUriInfo().getQueryParameters().keySet().stream()
          .filter(name -> !known.contains(name))
          .findFirst()
          .ifPresent(this::refuse);
    }

    private void refuse(String name) {
      throw new Refused(
          RefusalCode.BAD_REQUEST,
          "the query parameter %s is not known here; %s"
              .formatted(
                  ParameterValue.shown(name),
                  known.isEmpty()
                      ? "this request takes none"
                      : "the parameters are " + String.join(", ", known)));
    }
  }
}
