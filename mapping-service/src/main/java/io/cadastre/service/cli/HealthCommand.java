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
import java.util.function.Supplier;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code health [--url URL] [--live] [--wait SECONDS]}: asks the admin connector, and exits with 0
 * if all checks pass, 65 if one fails and 69 if there is no answer. Without a token it reads the
 * names of the failed checks only, so that a probe in a container needs none. With {@code --wait}
 * it asks until the answer is good, and the last answer counts.
 */
final class HealthCommand extends Command {
  private static final String LIVE = "live";
  private static final String WAIT = "wait";
  private static final int LONGEST_WAIT = 86_400;

  /** The service itself answers within 5 s. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Between two questions. */
  private static final Duration PAUSE = Duration.ofMillis(250);

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
    parser
        .addArgument("--wait")
        .dest(WAIT)
        .metavar("SECONDS")
        .type(Integer.class)
        .choices(Arguments.range(0, LONGEST_WAIT))
        .setDefault(0)
        .help(
            "ask until the answer is good, for at most this time: after a start; 0, one question");
    TokenFileOption.add(parser);
    TlsOptions.add(parser);
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) {
    String url = arguments.getString("url");
    boolean live = arguments.getBoolean(LIVE);
    Optional<String> token = live ? Optional.empty() : TokenFileOption.token(arguments, url);
    ServiceClient service =
        new ServiceClient(url, token, TlsOptions.context(arguments), Optional.of(LIMIT));
    Supplier<List<String>> question =
        live
            ? () -> alive(service, url)
            : () -> token.isPresent() ? reasons(service, url) : names(service, url);
    List<String> failed =
        lastAnswer(question, Duration.ofSeconds(arguments.getInt(WAIT).longValue()));
    if (failed.isEmpty()) {
      Output.line(live ? "alive" : "healthy");
      return;
    }
    failed.forEach(check -> Output.line("unhealthy: " + check));
    throw new CommandFailed(CommandStatus.FINDINGS, "");
  }

  /** Asks again while there is no answer or a check fails, until the time is over. */
  private static List<String> lastAnswer(Supplier<List<String>> question, Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      boolean last = System.nanoTime() - end >= 0;
      try {
        List<String> failed = question.get();
        if (failed.isEmpty() || last) {
          return failed;
        }
      } catch (CommandFailed e) {
        if (last || e.status() != CommandStatus.UNAVAILABLE) {
          throw e;
        }
      }
      RetryPause.sleep(PAUSE);
    }
  }

  private static List<String> alive(ServiceClient service, String url) {
    ServiceClient.Answer unused = require(service.answer("/ping"), url, false, 200);
    return List.of();
  }

  private static List<String> reasons(ServiceClient service, String url) {
    return checks(require(service.answer("/healthcheck"), url, true, 200, 500), url);
  }

  private static List<String> names(ServiceClient service, String url) {
    ServiceClient.Answer answer = require(service.answer("/ready"), url, false, 200, 503);
    return answer.status() == 200 ? List.of() : answer.body().lines().toList();
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

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
