/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import ch.qos.logback.classic.LoggerContext;
import io.cadastre.service.cli.FailureReport;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * What a command printed and exited with. It runs in this process, as {@code main} would run it but
 * for the exit.
 */
record CommandLine(int status, String out, String err) {
  static CommandLine run(String... arguments) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
      logs.getStatusManager().clear(); // a command would print the failures of earlier tests
    }
    PrintStream formerOut = System.out;
    PrintStream formerErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      CadastreApplication application = new CadastreApplication();
      Bootstrap<CadastreConfiguration> bootstrap = new Bootstrap<>(application);
      application.addDefaultCommands(bootstrap);
      application.initialize(bootstrap);
      Cli cli = new Cli(new JarLocation(CommandLine.class), bootstrap, System.out, System.err);
      int status = cli.run(arguments).map(t -> FailureReport.report(t).code()).orElse(0);
      return new CommandLine(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(formerOut);
      System.setErr(formerErr);
    }
  }

  /**
   * The same with the service at this port.
   *
   * @param command the command, its subcommand and its options, parted by spaces
   */
  static CommandLine at(int port, String command, String... arguments) {
    return run(
        Stream.of(
                Stream.of(command.split(" ", -1)),
                Stream.of("--url", "http://127.0.0.1:" + port),
                Stream.of(arguments))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  /** The same in a process of its own: for what another process has open. */
  static CommandLine inAProcess(String... arguments) {
    return inAProcess(new String[0], arguments);
  }

  /** The same, with these words before the command. */
  static CommandLine inAProcess(String[] before, String... arguments) {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(
        ServiceProcess.java("io.cadastre.service.CadastreApplication", ServiceProcess.SHORT_LIVED));
    command.addAll(List.of(arguments));
    try {
      Path err = Files.createTempFile("cadastre", ".err");
      Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      String said = Files.readString(err);
      Files.delete(err);
      return new CommandLine(status, out, said);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
