/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of sssd.conf(5) with its snippets, as far as they decide under which name and uid a
 * node knows an owner. Immutable.
 *
 * @param sections the settings of each section, by its name
 */
record SssdConf(Map<String, Map<String, String>> sections) {
  private static final String MAIN = "/etc/sssd/sssd.conf";
  private static final String SNIPPETS = "/etc/sssd/conf.d";
  private static final String DOMAIN = "domain/";

  /**
   * Reads the files of the node; empty if it has none. The snippets count in the order of their
   * names, and a later one wins.
   *
   * @throws Unobservable if a file cannot be read: only root may read these
   */
  static Optional<SssdConf> read(HostInspector host) throws Unobservable {
    List<String> texts = new ArrayList<>();
    host.text(MAIN).ifPresent(texts::add);
    List<String> names = new ArrayList<>();
    for (String name : host.names(SNIPPETS)) {
      if (name.endsWith(".conf") && !name.startsWith(".")) {
        names.add(name);
      }
    }
    for (String name : names.stream().sorted().toList()) {
      host.text(SNIPPETS + "/" + name).ifPresent(texts::add);
    }
    return texts.isEmpty() ? Optional.empty() : Optional.of(parse(texts));
  }

  /** Parses these files, of which a later one wins. */
  static SssdConf parse(List<String> texts) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    for (String text : texts) {
      Map<String, String> section = new LinkedHashMap<>();
      for (String line : text.lines().map(String::strip).toList()) {
        int equals = line.indexOf('=');
        if (line.startsWith("[") && line.endsWith("]")) {
          String name = line.substring(1, line.length() - 1).strip().toLowerCase(Locale.ROOT);
          section = sections.computeIfAbsent(name, n -> new LinkedHashMap<>());
        } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
          section.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    }
    return new SssdConf(sections);
  }

  /** The domains in use: those of {@code domains}, and those with {@code enabled = true}. */
  List<Domain> domains() {
    List<String> listed =
        Stream.of(sections.getOrDefault("sssd", Map.of()).getOrDefault("domains", "").split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList();
    return sections.entrySet().stream()
        .filter(section -> section.getKey().startsWith(DOMAIN))
        .map(section -> new Domain(section.getKey().substring(DOMAIN.length()), section.getValue()))
        .filter(domain -> domain.isTrue("enabled", listed.contains(domain.name())))
        .toList();
  }

  /** A domain, with its settings. */
  record Domain(String name, Map<String, String> settings) {

    private String value(String key, String otherwise) {
      return settings.getOrDefault(key, otherwise).toLowerCase(Locale.ROOT);
    }

    boolean isTrue(String key, boolean otherwise) {
      return value(key, String.valueOf(otherwise)).equals("true");
    }

    /** Whether the provider is {@code ad}, whose defaults differ. */
    boolean isActiveDirectory() {
      return value("id_provider", "").equals("ad");
    }

    /** Whether SSSD computes the IDs (sssd-ldap(5), sssd-ad(5)). */
    boolean mapsIds() {
      return isTrue("ldap_id_mapping", isActiveDirectory());
    }

    /** Whether names have the domain's name appended. */
    boolean qualifiesNames() {
      return isTrue("use_fully_qualified_names", false);
    }

    /** Whether names are given in lower case, whatever the directory has. */
    boolean lowersNames() {
      return value("case_sensitive", String.valueOf(!isActiveDirectory())).equals("false");
    }
  }
}
