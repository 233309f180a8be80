/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.direct;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.cadastre.service.api.HoldingJson;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.registry.OwnerQueries;
import io.cadastre.service.rest.http.ApiPath;
import io.cadastre.service.rest.http.EventBehindAnswer;
import io.cadastre.service.rest.http.SnapshotForm;
import io.cadastre.service.rest.http.TextForm;
import io.cadastre.service.rest.text.EncodedText;
import io.cadastre.service.rest.text.SnapshotCache;
import io.cadastre.service.view.CurrentView;
import io.cadastre.service.view.LedgerView;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ClientErrorException;
import java.io.IOException;
import java.util.Optional;

/**
 * Answers plain requests for one owner, the owner of an ID and the texts of nodes before Jersey
 * sees them: Jersey costs several times as much as the answer. All else goes on, and so does a
 * request that is refused or cannot be answered now: there is one place that says why. Thread-safe.
 */
public final class DirectAnswers implements Filter {
  private final ApiPath paths;
  private final OwnerQueries owners;
  private final SnapshotCache snapshots;
  private final CurrentView views;
  private final ObjectWriter json;

  /**
   * Answers from these.
   *
   * @param mapper as the resources' answers are written
   */
  public DirectAnswers(
      ApiPath paths,
      OwnerQueries owners,
      SnapshotCache snapshots,
      CurrentView views,
      ObjectMapper mapper) {
    this.paths = paths;
    this.owners = owners;
    this.snapshots = snapshots;
    this.views = views;
    this.json = mapper.writerFor(HoldingJson.class);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Optional<PlainRequest> plain = paths.of(http).flatMap(path -> PlainRequest.of(http, path));
    // The answer is of this view, or of a newer one.
    Optional<LedgerView> view = plain.isPresent() ? views.ready() : Optional.empty();
    Optional<DirectAnswer> answer = view.flatMap(unused -> answer(plain.get(), http));
    if (answer.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse direct = (HttpServletResponse) response;
    direct.setHeader(EventBehindAnswer.FIELD, Long.toString(view.get().head().lastEvent()));
    answer.get().write(direct);
  }

  private Optional<DirectAnswer> answer(PlainRequest plain, HttpServletRequest request) {
    try {
      return switch (plain.question()) {
        case OWNER -> owners.presentOwner(plain.subject()).map(this::json);
        case SUBUID_OWNER -> Optional.of(json(holder(IdType.SUBUID, plain.subject())));
        case SUBGID_OWNER -> Optional.of(json(holder(IdType.SUBGID, plain.subject())));
        case SNAPSHOT -> Optional.of(snapshot(request));
        case SUBUID -> Optional.of(lines(IdType.SUBUID, request));
        case SUBGID -> Optional.of(lines(IdType.SUBGID, request));
      };
    } catch (Refused | Unavailable | ClientErrorException e) {
      return Optional.empty();
    }
  }

  private Allocation holder(IdType type, String id) {
    return owners.holder(type, Long.parseLong(id), Optional.empty());
  }

  private DirectAnswer json(Allocation allocation) {
    return new DirectJson(json, HoldingJson.of(allocation));
  }

  private DirectAnswer snapshot(HttpServletRequest request) {
    SnapshotForm chosen =
        SnapshotForm.of(
            snapshots,
            PlainRequest.fields(request, "Accept-Encoding"),
            PlainRequest.fields(request, "If-Match"),
            PlainRequest.fields(request, "If-None-Match"));
    return new DirectText(
        chosen.current().served().text(), chosen.form(), chosen.current().headField());
  }

  private DirectAnswer lines(IdType type, HttpServletRequest request) {
    EncodedText text = snapshots.current().lines(type, false);
    return new DirectText(
        text,
        TextForm.of(
            text,
            PlainRequest.fields(request, "Accept-Encoding"),
            PlainRequest.fields(request, "If-Match"),
            PlainRequest.fields(request, "If-None-Match")),
        Optional.empty());
  }
}
