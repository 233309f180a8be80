/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import static io.cadastre.service.api.StorageUserJson.refused;

import io.cadastre.service.failure.Refused;
import io.cadastre.storage.Engine;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import io.cadastre.storage.fitness.Explanation;
import io.cadastre.storage.fitness.Facts;
import io.cadastre.storage.fitness.FactsTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The storage.conf files of a user, to be judged.
 *
 * @param files the text of each file that there is, by what it is: {@code vendor}, {@code system},
 *     {@code user}, {@code named} (by CONTAINERS_STORAGE_CONF), or its absolute path (a drop-in)
 * @param environment the environment of Podman; HOME is the user's home if left out
 * @param user the caller of Podman
 * @param engine the Podman whose rules apply: a version, {@code legacy} or {@code merged} ({@link
 *     Engine#of}); {@code legacy} if left out
 * @param installed the Podman to compare with, named as {@code engine}; the answer then has the
 *     differences; nothing is compared if left out
 * @param facts what {@code cadastre-node check --json} gathered about the node; unknown if left out
 */
public record StorageConfJson(
    Optional<Map<String, String>> files,
    Optional<Map<String, String>> environment,
    Optional<StorageUserJson> user,
    Optional<String> engine,
    Optional<String> installed,
    Optional<Map<String, Object>> facts) {
  private static final String NAMED = "named";
  private static final String NAMED_BY = "CONTAINERS_STORAGE_CONF";

  /**
   * The settings that Podman takes from the files, and the findings.
   *
   * @throws Refused if a field is missing or has no fit value
   */
  public Explanation explanation() {
    StorageUser caller =
        user.orElseThrow(
                () -> refused("user is missing: name, uid and home of the user who calls Podman"))
            .user();
    Map<String, String> variables = variables(caller);
    Facts known = known();
    StorageRequest request =
        new StorageRequest(
            texts(StoragePaths.of(variables, caller)),
            variables,
            caller,
            edition("engine", engine.orElse(Engine.LEGACY.word())),
            known.support(caller));
    if (installed.isPresent() && engine.isEmpty()) {
      throw refused("installed needs engine: the Podman to compare it with");
    }
    return installed
        .map(name -> Explanation.comparing(request, edition("installed", name), known))
        .orElseGet(() -> Explanation.of(request, known));
  }

  private Map<String, String> variables(StorageUser caller) {
    Map<String, String> variables = new LinkedHashMap<>(environment.orElse(Map.of()));
    requireValues("environment", variables);
    variables.putIfAbsent("HOME", caller.home());
    if (files.orElse(Map.of()).containsKey(NAMED)) {
      variables.putIfAbsent(NAMED_BY, NAMED);
    }
    return variables;
  }

  private static Engine edition(String field, String name) {
    return Engine.of(name)
        .orElseThrow(
            () ->
                refused(
                    "%s \"%s\" is not known; it takes %s".formatted(field, name, Engine.names())));
  }

  private Facts known() {
    try {
      return facts.map(FactsTree::read).orElse(Facts.NONE);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private StorageFiles texts(StoragePaths paths) {
    Map<String, String> given = files.orElse(Map.of());
    requireValues("files", given);
    return StorageFiles.of(
        given.entrySet().stream()
            .map(file -> new StorageFile(path(file.getKey(), paths), file.getValue()))
            .toArray(StorageFile[]::new));
  }

  private static String path(String file, StoragePaths paths) {
    return switch (file) {
      case "vendor" -> paths.vendor();
      case "system" -> paths.system();
      case "user" -> paths.user();
      case NAMED ->
          paths.named().orElseThrow(() -> refused(NAMED_BY + " is empty: it names no file"));
      default -> {
        if (!file.startsWith("/")) {
          throw refused(
              "files has no \"%s\": it takes vendor, system, user, named, or an absolute path"
                  .formatted(file));
        }
        yield file;
      }
    };
  }

  private static void requireValues(String field, Map<String, String> texts) {
    texts.forEach(
        (key, value) -> {
          if (Optional.ofNullable(value).isEmpty()) {
            throw refused("%s.%s is null; leave it out".formatted(field, key));
          }
        });
  }
}
