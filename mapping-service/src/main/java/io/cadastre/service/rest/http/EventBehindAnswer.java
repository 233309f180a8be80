/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.view.CurrentView;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says in each answer which event of the ledger it shows: that one and all before it. A client that
 * repeats the number in {@value #LEAST} gets no older answer from any replica.
 */
public final class EventBehindAnswer implements ContainerRequestFilter, ContainerResponseFilter {
  /** The field of an answer with the number of the newest event that it shows for certain. */
  public static final String FIELD = "Cadastre-Event";

  /** The field of a request with the number of an event that the answer must show. */
  public static final String LEAST = "Cadastre-Min-Event";

  /** The digits of the largest number at most. */
  private static final int MOST_DIGITS = 18;

  private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String NUMBER = EventBehindAnswer.class.getName();

  private final CurrentView views;

  /** Says what these views show. */
  public EventBehindAnswer(CurrentView views) {
    this.views = views;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Optional.ofNullable(request.getHeaderString(LEAST))
        .map(EventBehindAnswer::number)
        .ifPresent(number -> Objects.requireNonNull(views.atLeast(number)));
    // What a reading request finds is as new or newer; a changing one moves the number.
    if (READING.contains(request.getMethod())) {
      request.setProperty(NUMBER, views.newestEvent());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object number = Objects.requireNonNullElseGet(request.getProperty(NUMBER), views::newestEvent);
    response.getHeaders().putSingle(FIELD, number);
  }

  private static long number(String text) {
    if (text.isEmpty()
        || text.length() > MOST_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw ParameterValue.refused(LEAST, text, "it is the number of an event, as in " + FIELD);
    }
    return Long.parseLong(text);
  }
}
