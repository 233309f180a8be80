/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code health [--url URL] [--live]}: asks the admin connector, and exits with 0 if all checks
 * pass, 65 if one fails and 69 if there is no answer. Without a token it reads the names of the
 * failed checks only, so that a probe in a container needs none.
 */
final class HealthCommand extends Command {
  private static final String LIVE = "live";

  /** The service itself answers within 5 s. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  HealthCommand() {
    super("health", "Ask the running service whether it is healthy; for probes");
  }

  @Override
  public void configure(Subparser parser) {
    parser
        .addArgument("--url")
        .metavar("URL")
        .setDefault(
            Objects.requireNonNullElse(
                System.getenv("CADASTRE_HEALTH_URL"), "http://127.0.0.1:8081"))
        .help("the admin connector; CADASTRE_HEALTH_URL, or http://127.0.0.1:8081");
    parser
        .addArgument("--live")
        .dest(LIVE)
        .action(Arguments.storeTrue())
        .help("ask only whether the process lives: for a liveness probe");
    TokenFileOption.add(parser);
    TlsOptions.add(parser);
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) {
    String url = arguments.getString("url");
    boolean live = arguments.getBoolean(LIVE);
    Optional<String> token =
        live ? Optional.empty() : TokenFileOption.token(arguments, url);
    ServiceClient service =
        new ServiceClient(url, token, TlsOptions.context(arguments), Optional.of(LIMIT));
    if (live) {
      ServiceClient.Answer unused = require(service.answer("/ping"), url, false, 200);
      Output.line("alive");
    } else if (token.isPresent()) {
      report(checks(require(service.answer("/healthcheck"), url, true, 200, 500), url));
    } else {
      ServiceClient.Answer answer = require(service.answer("/ready"), url, false, 200, 503);
      report(answer.status() == 200 ? List.of() : answer.body().lines().toList());
    }
  }

  /** Lets only the statuses of a Cadastre service pass. */
  private static ServiceClient.Answer require(
      ServiceClient.Answer answer, String url, boolean withToken, Integer... statuses) {
    if (List.of(statuses).contains(answer.status())) {
      return answer;
    }
    boolean refused = withToken && (answer.status() == 401 || answer.status() == 403);
    throw new CommandFailed(
        refused ? CommandStatus.TRY_AGAIN : CommandStatus.UNAVAILABLE,
        refused
            ? "%s refuses the token (%d): it takes one of an auditor or admin; without a token the names of the failed checks are shown"
                .formatted(url, answer.status())
            : "%s answers %d, so it is not the admin connector of a Cadastre service; is --url right?"
                .formatted(url, answer.status()));
  }

  /** The failed checks with their messages. */
  private static List<String> checks(ServiceClient.Answer answer, String url) {
    try {
      JsonNode checks = JsonForm.read(answer.body(), JsonNode.class);
      return checks.properties().stream()
          .filter(check -> !check.getValue().path("healthy").asBoolean())
          .map(check -> check.getKey() + ": " + check.getValue().path("message").asText())
          .toList();
    } catch (JsonProcessingException e) {
      throw new CommandFailed(
          CommandStatus.UNAVAILABLE,
          "%s does not answer as Cadastre does: %s".formatted(url, e.getMessage()),
          e);
    }
  }

  private static void report(List<String> failed) {
    if (failed.isEmpty()) {
      Output.line("healthy");
      return;
    }
    failed.forEach(check -> Output.line("unhealthy: " + check));
    throw new CommandFailed(CommandStatus.FINDINGS, "");
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
