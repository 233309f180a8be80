/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import static io.cadastre.service.bench.Figures.aim;
import static io.cadastre.service.bench.Figures.figure;

import io.cadastre.service.FreePort;
import io.cadastre.service.ServiceProcess;
import io.cadastre.service.directory.Slapd;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jacoco.core.tools.ExecDumpClient;
import org.jacoco.core.tools.ExecFileLoader;

/**
 * bin/bench journeys: counts the source files with code that runs for a PUT until its LDAP entry is
 * there, for a snapshot, for the validation of a storage.conf, and for a node's first sync. JaCoCo
 * records what runs. Each request was made once before, for another owner, so that start-up does
 * not count. The files are listed on standard error.
 */
public final class JourneyBench {
  private static final int PUT_FILES = 55;
  private static final int PUT_PACKAGES = 6;
  private static final String INCLUDES = "includes=io.cadastre.*";

  private final ServiceProcess service;
  private final ExecDumpClient recorder = new ExecDumpClient();
  private final int port;

  private JourneyBench(ServiceProcess service, int port) {
    this.service = service;
    this.port = port;
  }

  /** Runs it; takes no arguments. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cadastre-bench");
    try (Slapd slapd = Slapd.start();
        ServiceProcess service = new ServiceProcess(folder, slapd.yaml())) {
      slapd.load(account("yan", 4241) + account("zoe", 4242));
      int port = FreePort.next();
      service.start(agent() + "output=tcpserver,port=" + port + "," + INCLUDES);
      new JourneyBench(service, port).count();
      countSync(service, folder);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void count() throws Exception {
    put("yan");
    executed();
    put("zoe");
    SortedSet<String> put = executed();
    report("put", put);
    aim(
        "a PUT passes at most %d files in %d packages".formatted(PUT_FILES, PUT_PACKAGES),
        put.size() <= PUT_FILES && packages(put) <= PUT_PACKAGES);
    service.send("GET", "/v1/subuid", "text/plain", "");
    executed();
    service.send("GET", "/v1/snapshot", "text/plain", "");
    report("snapshot", executed());
    validate();
    executed();
    validate();
    report("validate", executed());
  }

  /**
   * The answer to a PUT that was published says so; publishing takes less than the 2 s it waits.
   */
  private void put(String name) throws Exception {
    String answer = service.send("PUT", "/v1/owners/" + name, "application/json", "{}");
    if (!answer.contains("\"published\"")) {
      throw new IllegalStateException("not published: " + answer);
    }
  }

  private void validate() throws Exception {
    String unused =
        service.send(
            "POST",
            "/v1/storage-conf/validate",
            "application/json",
            """
            {"files": {"user": "[storage]\\ndriver = \\"overlay\\"\\n"},
             "user": {"name": "zoe", "uid": 4242, "home": "/home/zoe"}, "engine": "legacy"}
            """);
  }

  private static void countSync(ServiceProcess service, Path folder) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("node/etc")).getParent();
    Path record = folder.resolve("sync.exec");
    Process sync =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                agent() + "output=file,destfile=" + record + "," + INCLUDES,
                "-cp",
                System.getProperty("java.class.path"),
                "io.cadastre.node.Main",
                "sync",
                "--root",
                tree.toString(),
                "--url",
                service.url())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (sync.waitFor() != 0) {
      throw new IllegalStateException("sync failed with " + sync.exitValue());
    }
    ExecFileLoader loader = new ExecFileLoader();
    loader.load(record.toFile());
    report("first-sync", files(loader));
  }

  /** The files with code that ran since this was last asked. */
  private SortedSet<String> executed() throws IOException {
    recorder.setReset(true);
    return files(recorder.dump(InetAddress.getLoopbackAddress(), port));
  }

  private static SortedSet<String> files(ExecFileLoader loader) {
    return loader.getExecutionDataStore().getContents().stream()
        .filter(data -> data.hasHits())
        .map(data -> data.getName().replaceFirst("[$].*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void report(String journey, SortedSet<String> files) {
    files.forEach(file -> System.err.println("# " + journey + " " + file));
    figure(journey + "-files", files.size(), "files");
    figure(journey + "-packages", (double) packages(files), "packages");
  }

  private static long packages(SortedSet<String> files) {
    return files.stream().map(f -> f.substring(0, f.lastIndexOf('/'))).distinct().count();
  }

  private static String agent() {
    return "-javaagent:%s="
        .formatted(
            List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .filter(jar -> jar.matches(".*org[.]jacoco[.]agent-[^/]*-runtime[.]jar"))
                .findFirst()
                .orElseThrow());
  }

  private static String account(String name, int uid) {
    return """
    dn: uid=%1$s,%2$s
    objectClass: account
    objectClass: posixAccount
    uid: %1$s
    cn: %1$s
    uidNumber: %3$d
    gidNumber: %3$d
    homeDirectory: /home/%1$s

    """
        .formatted(name, Slapd.PEOPLE, uid);
  }
}
