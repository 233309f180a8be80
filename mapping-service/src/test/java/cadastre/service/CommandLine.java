/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service;

import cadastre.service.cli.Failures;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command printed and exited with. It runs in this process, as {@code main} would run it but
 * for the exit.
 */
record CommandLine(int status, String out, String err) {
  static CommandLine run(String... arguments) {
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
      int status = cli.run(arguments).map(t -> Failures.report(t).code()).orElse(0);
      return new CommandLine(
          status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(formerOut);
      System.setErr(formerErr);
    }
  }
}
