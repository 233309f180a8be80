/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Asks a real Podman with test/sh/ask-podman, two cases at a time. */
final class PodmanOracle {
  private static final int WORKERS = 2;
  private static final Path SCRIPT = Path.of("src/test/sh/ask-podman").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path scratch;
  private final List<String> tree;

  /**
   * @param scratch an empty folder
   * @param tree a Debian tree with a Podman; none for the Podman of this machine
   */
  PodmanOracle(Path scratch, String... tree) {
    this.scratch = scratch;
    this.tree = List.of(tree);
  }

  /** Returns Podman's answer to each case, by the name of the case. */
  Map<String, Answer> answers(List<StorageCase> cases) throws IOException, InterruptedException {
    List<Process> workers = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      Path folder = Files.createDirectory(scratch.resolve("worker" + worker));
      for (int i = worker; i < cases.size(); i += WORKERS) {
        write(cases.get(i), folder.resolve(cases.get(i).name()));
      }
      List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), folder.toString()));
      command.addAll(tree);
      workers.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(scratch.resolve("log" + worker).toFile())
              .start());
    }
    for (int worker = 0; worker < WORKERS; worker++) {
      Process process = workers.get(worker);
      if (!process.waitFor(1, TimeUnit.HOURS) || process.exitValue() != 0) {
        workers.forEach(Process::destroyForcibly);
        throw new IOException(Files.readString(scratch.resolve("log" + worker)));
      }
    }
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      Path folder = scratch.resolve("worker" + i % WORKERS).resolve(cases.get(i).name());
      answers.put(cases.get(i).name(), read(folder));
    }
    return answers;
  }

  /** Returns the version of Podman. */
  String version() throws IOException {
    return Files.readString(scratch.resolve("worker0/.version")).strip();
  }

  /** Returns Podman's standard error. */
  String errors(StorageCase asked) {
    try {
      for (int worker = 0; worker < WORKERS; worker++) {
        Path folder = scratch.resolve("worker" + worker).resolve(asked.name());
        if (Files.exists(folder)) {
          return Files.readString(folder.resolve("status")).strip().equals("137")
              ? "(killed: it waits forever)"
              : Files.readString(folder.resolve("errors"), StandardCharsets.ISO_8859_1).strip();
        }
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(StorageCase asked, Path folder) throws IOException {
    for (String part : List.of("etc", "vendor", "home")) {
      Files.createDirectories(folder.resolve(part));
    }
    for (Map.Entry<String, String> file : asked.files().entrySet()) {
      Path path =
          folder.resolve(
              file.getKey()
                  .replace("/etc/containers/", "etc/")
                  .replace("/usr/share/containers/", "vendor/")
                  .replace("@HOME@/", "home/"));
      Files.createDirectories(path.getParent());
      Files.write(path, Bytes.of(asked.filled(file.getValue())));
    }
    StringBuilder environment = new StringBuilder();
    asked
        .environment()
        .forEach((name, value) -> environment.append(name + "=" + asked.filled(value) + "\n"));
    Files.writeString(folder.resolve("environment"), environment);
    Files.writeString(folder.resolve("user"), asked.root() ? "root" : "zoe");
    Files.writeString(
        folder.resolve("session"), asked.session() == PauseProcess.NEW ? "new" : "running");
  }

  private static Answer read(Path folder) throws IOException {
    if (!Files.readString(folder.resolve("status")).strip().equals("0")) {
      return Answer.REFUSED;
    }
    // Podman reports a broken file on standard output, before its answer.
    String said = new String(Files.readAllBytes(folder.resolve("answer")), StandardCharsets.UTF_8);
    JsonNode store = JSON.readTree(said.substring(said.indexOf("{\n"))).get("store");
    Map<String, String> options = new TreeMap<>();
    for (Map.Entry<String, JsonNode> option : store.get("graphOptions").properties()) {
      // A newer Podman prints these as a list as well.
      if (!option.getKey().endsWith("additionalImageStores")) {
        options.put(
            option.getKey(),
            option.getValue().isObject()
                ? option.getValue().get("Executable").asText()
                : option.getValue().asText());
      }
    }
    String driver = store.get("graphDriverName").asText();
    String graphroot = store.get("graphRoot").asText();
    return Answer.of(
        driver,
        graphroot,
        store.get("runRoot").asText(),
        imagestore(folder, driver, graphroot, options),
        store.path("transientStore").asBoolean(),
        options);
  }

  /**
   * Returns the folder of the image store that is not below graphroot; empty if there is none. vfs
   * looks for a relative additional image store in the working folder.
   */
  private static String imagestore(
      Path folder, String driver, String graphroot, Map<String, String> options)
      throws IOException {
    Path home = Path.of("/home/zoe", folder.getFileName().toString());
    Set<String> others = new HashSet<>(Set.of(graphroot));
    options.forEach(
        (name, value) -> {
          if (name.endsWith("imagestore")) {
            others.add(home.resolve(value).toString());
          }
        });
    String end = "/" + driver + "-images/images.lock";
    List<String> stores =
        Files.readAllLines(folder.resolve("stores")).stream()
            .filter(lock -> lock.endsWith(end))
            .map(lock -> lock.substring(0, lock.length() - end.length()))
            .filter(store -> !others.contains(store))
            .toList();
    if (stores.size() > 1) {
      throw new IOException("Podman made several image stores: " + stores);
    }
    return String.join("", stores);
  }
}
