/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is round the content of every page: title, navigation, search box, the person. Immutable.
 *
 * @param base the path of all pages: what an operator put before, and {@code /ui}
 * @param title the page's own title
 * @param section the entry of the navigation that the page is behind
 * @param principal the person; empty on a page for anyone
 * @param formToken the token that each form with a change carries
 * @param search the text of the search box
 * @param at the moment that is searched, as it was typed
 * @param assets the files of the pages
 */
public record Frame(
    String base,
    String title,
    Section section,
    Optional<Principal> principal,
    String formToken,
    String search,
    String at,
    Assets assets) {

  /** The same with this text in the search box. */
  public Frame searching(String text, String moment) {
    return new Frame(base, title, section, principal, formToken, text, moment, assets);
  }

  /** The address of a page, by its path behind the base. */
  public String link(String path) {
    return base + path;
  }

  /**
   * The address of the page of an owner. A name alone can mean another owner, who has it now.
   *
   * @param stableId empty if it is not known
   */
  public String owner(String name, String stableId) {
    return link(ownerPath(name, stableId));
  }

  /** The same behind the base. */
  public static String ownerPath(String name, String stableId) {
    return "/owners/"
        + segment(name)
        + (stableId.isEmpty() ? "" : "?stableId=" + encoded(stableId));
  }

  /** The address of the form of a change of this owner, and of no namesake. */
  public String change(ChangeKind kind, AllocationView of) {
    return link(
        "/changes/%s?owner=%s&stableId=%s"
            .formatted(kind.word(), encoded(of.name()), encoded(of.stableId())));
  }

  /** The address of a page with these parameters; those without a value are left out. */
  public String query(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(each -> !each.getValue().isEmpty())
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return link(path) + (query.isEmpty() ? "" : "?" + query);
  }

  /** The address of a file of the pages. */
  public String asset(String name) {
    return link("/static/" + assets.versioned(name));
  }

  /** Whether the person may change something. */
  public boolean mayChange() {
    return principal.filter(person -> person.role() == Role.ADMIN).isPresent();
  }

  /** Whether the person has signed in, and so can sign out. */
  public boolean hasSession() {
    return principal.filter(person -> person.kind() != CredentialKind.OPEN).isPresent();
  }

  /** The entries of the navigation for this person. */
  public List<Section> sections() {
    return Stream.of(Section.values())
        .filter(each -> each != Section.NONE)
        .filter(each -> each != Section.CHANGES || mayChange())
        .toList();
  }

  /** A text as a segment of a path, RFC 3986. */
  public static String segment(String text) {
    return encoded(text).replace("+", "%20").replace("*", "%2A");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
