/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.api.StorageConfJson;
import io.cadastre.service.api.StorageJudgementJson;
import io.cadastre.service.api.StorageUserJson;
import io.cadastre.service.rest.http.PageSide;
import io.cadastre.service.rest.http.ParameterValue;
import io.cadastre.service.ui.page.Section;
import io.cadastre.service.ui.page.StorageConfPage;
import io.cadastre.service.ui.page.StorageConfPage.Verdict;
import io.cadastre.storage.Release;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges a storage.conf that somebody pastes. The text is kept nowhere. */
@Path(PageSide.STORAGE_CONF)
public final class StorageConfPageResource {
  private static final List<String> PLACES = List.of("system", "user", "vendor");
  private static final List<String> EDITIONS =
      Stream.of(Release.values()).map(Release::podman).toList();
  private static final Map<String, String> DEFAULTS =
      Map.of("place", "system", "user", "zoe", "uid", "1000", "home", "/home/zoe");

  private final Pages pages;
  private final ObjectMapper mapper;

  StorageConfPageResource(Pages pages, ObjectMapper mapper) {
    this.pages = pages;
    this.mapper = mapper;
  }

  /** The form. */
  @GET
  public Response form(@Context HttpServletRequest request) {
    Map<String, String> fields = new LinkedHashMap<>(DEFAULTS);
    fields.put("edition", EDITIONS.get(EDITIONS.size() - 1));
    return page(fields, Optional.empty(), request);
  }

  /** The form and what Podman makes of its text: the answer to a question, so it leads nowhere. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response judge(PageForm form, @Context HttpServletRequest request) {
    String text = form.raw("text").replace("\r\n", "\n");
    String place = form.required("place");
    if (!PLACES.contains(place)) {
      throw ParameterValue.refused("place", place, "it is one of " + String.join(", ", PLACES));
    }
    StorageConfJson asked =
        new StorageConfJson(
            Optional.of(Map.of(place, text)),
            Optional.empty(),
            Optional.of(
                new StorageUserJson(
                    Optional.of(form.required("user")),
                    Optional.of(form.number("uid")),
                    Optional.of(form.required("home")))),
            Optional.of(form.required("edition")),
            Optional.empty(),
            Optional.empty());
    StorageJudgementJson judged =
        mapper.convertValue(asked.explanation().tree(), StorageJudgementJson.class);
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : List.of("place", "user", "uid", "home", "edition")) {
      fields.put(field, form.required(field));
    }
    fields.put("text", text);
    return page(fields, Optional.of(StorageVerdict.of(judged, text, path(place, fields))), request);
  }

  /** The file that the text stands for, as findings name it. */
  private static String path(String place, Map<String, String> fields) {
    return switch (place) {
      case "vendor" -> "/usr/share/containers/storage.conf";
      case "user" -> fields.get("home") + "/.config/containers/storage.conf";
      default -> "/etc/containers/storage.conf";
    };
  }

  private Response page(
      Map<String, String> fields, Optional<Verdict> verdict, HttpServletRequest request) {
    return pages.page(
        "storage-conf",
        new StorageConfPage(
            pages.frame(request, Section.STORAGE_CONF, "storage.conf"),
            fields,
            EDITIONS,
            PLACES,
            verdict));
  }
}
