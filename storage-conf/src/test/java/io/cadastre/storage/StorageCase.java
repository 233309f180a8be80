/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration that Podman and the rules read. In texts, paths and variables {@code @HOME@} is
 * the home of the user.
 *
 * @param name unique, and the name of the user's home folder
 * @param files the text of each file
 * @param environment variables beside HOME, PATH and XDG_RUNTIME_DIR
 * @param root whether root calls Podman, not a plain user
 * @param session whether there is a pause process of an earlier call
 */
record StorageCase(
    String name,
    Map<String, String> files,
    Map<String, String> environment,
    boolean root,
    PauseProcess session) {
  static final String SYSTEM = "/etc/containers/storage.conf";
  static final String VENDOR = "/usr/share/containers/storage.conf";
  static final String USER = "@HOME@/.config/containers/storage.conf";
  static final String NAMED = "@HOME@/named.conf";
  private static final long UID = 4242;

  static StorageCase of(String name) {
    return new StorageCase(name, Map.of(), Map.of(), false, PauseProcess.NEW);
  }

  StorageCase file(String path, String text) {
    Map<String, String> more = new TreeMap<>(files);
    more.put(path, text);
    return new StorageCase(name, more, environment, root, session);
  }

  StorageCase user(String text) {
    return file(USER, text);
  }

  StorageCase system(String text) {
    return file(SYSTEM, text);
  }

  StorageCase named(String text) {
    return file(NAMED, text).with("CONTAINERS_STORAGE_CONF", NAMED);
  }

  StorageCase with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(variable, value);
    return new StorageCase(name, files, more, root, session);
  }

  StorageCase asRoot() {
    return new StorageCase(name, files, environment, true, session);
  }

  /** Returns the same configuration with the pause process of an earlier call. */
  StorageCase later() {
    return new StorageCase(name + "-later", files, environment, root, PauseProcess.RUNNING);
  }

  String home() {
    return root ? "/root" : "/home/zoe/" + name;
  }

  /** Returns the folder of the case's files, also for root. */
  String folder() {
    return "/home/zoe/" + name;
  }

  String filled(String text) {
    return text.replace("@HOME@", folder());
  }

  StorageRequest request(Engine engine) {
    StorageFile[] texts =
        files.entrySet().stream()
            .map(file -> new StorageFile(filled(file.getKey()), filled(file.getValue())))
            .toArray(StorageFile[]::new);
    Map<String, String> variables = new TreeMap<>();
    variables.put("HOME", home());
    variables.put("PWD", folder());
    if (!root) {
      variables.put("XDG_RUNTIME_DIR", "/run/user/" + UID);
    }
    environment.forEach((variable, value) -> variables.put(variable, filled(value)));
    return new StorageRequest(
        StorageFiles.of(texts),
        variables,
        root ? new StorageUser("root", 0, home()) : new StorageUser("zoe", UID, home()),
        engine,
        OracleMachine.SUPPORT,
        session);
  }
}
