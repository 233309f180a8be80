/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.api.MadeTokenJson;
import io.cadastre.service.api.MakeTokenJson;
import io.cadastre.service.api.NamedTokensJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.ReasonJson;
import io.cadastre.service.api.TokenJson;
import io.cadastre.service.api.TokensJson;
import io.cadastre.service.file.SecretFile;
import io.cadastre.subid.ShellWord;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/**
 * {@code token make|list|revoke|suspend|confirm}: the tokens of the running service; {@code token
 * bootstrap FILE}: the first admin's token, made without a service. A secret goes to a file that
 * only this user may read, or as the only line to standard output.
 */
public final class TokenCommand extends Command {
  /** The command. */
  public TokenCommand() {
    super("token", "Make, list, revoke, suspend and confirm tokens");
  }

  @Override
  public void configure(Subparser parser) {
    Subparsers what = parser.addSubparsers().dest("what").metavar("WHAT");
    Subparser make = what.addParser("make").help("make a token; its secret is shown once");
    ServiceCommand.addUrl(make);
    make.addArgument("name").metavar("NAME").help("its name, which events show as their actor");
    make.addArgument("--role")
        .required(true)
        .choices("provisioner", "node", "auditor", "admin")
        .help("what it may do: docs/rest-api.md, Roles");
    text(make, "--expires", "WHEN", "90d, 12h, 2027-06-30 or 2027-06-30T12:00:00Z; 365d");
    text(make, "--pool", "POOL", "a provisioner may allocate from this pool only");
    text(make, "--uids", "FIRST-LAST", "a provisioner may change owners with these uids only");
    text(make, "--stable-id-prefix", "TEXT", "and only with such a stable id");
    text(make, "--dn-base", "DN", "and only with an account at or below this DN");
    text(make, "--nodes", "PATTERN", "the host names of a node's token; * is any characters");
    text(make, "--output", "FILE", "write the token there, for you only; it must not exist");
    text(make, "--reason", "TEXT", "why; kept in the event");
    DryRunOption.add(make, "say what would be made, and make nothing");
    Subparser list = what.addParser("list").help("list the tokens, without their secrets");
    ServiceCommand.addUrl(list);
    JsonOption.add(list, "print the tokens as JSON");
    Subparser revoke = what.addParser("revoke").help("revoke a token for good");
    ServiceCommand.addUrl(revoke);
    revoke.addArgument("name").metavar("NAME").help("the token");
    revoke.addArgument("--reason").dest("--reason").required(true).help("why; kept in the event");
    DryRunOption.add(revoke, "say what would be revoked, and change nothing");
    Subparser suspend = what.addParser("suspend").help("suspend tokens until they are confirmed");
    oneOrAll(suspend);
    suspend.addArgument("--reason").dest("--reason").required(true).help("why; kept in the event");
    Subparser confirm = what.addParser("confirm").help("make suspended tokens valid again");
    oneOrAll(confirm);
    text(confirm, "--reason", "TEXT", "why; kept in the event");
    Subparser bootstrap =
        what.addParser("bootstrap").help("make the file of the first admin's token; no service");
    bootstrap.addArgument("file").metavar("FILE").help("it must not exist");
  }

  private static void text(Subparser parser, String option, String metavar, String help) {
    parser.addArgument(option).dest(option).metavar(metavar).help(help);
  }

  private static void oneOrAll(Subparser parser) {
    ServiceCommand.addUrl(parser);
    parser.addArgument("name").metavar("NAME").nargs("?").help("the token; or --all");
    parser.addArgument("--all").action(Arguments.storeTrue()).help("all of them");
    DryRunOption.add(parser, "list what would change, and change nothing");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) {
    switch (arguments.getString("what")) {
      case "make" -> make(arguments);
      case "list" -> list(arguments);
      case "revoke" -> revoke(arguments);
      case "suspend" -> move(arguments, Paths.SUSPEND_TOKENS, "suspended");
      case "confirm" -> move(arguments, Paths.CONFIRM_TOKENS, "confirmed");
      default -> bootstrap(Path.of(arguments.getString("file")));
    }
  }

  private static void make(Namespace arguments) {
    boolean dryRun = DryRunOption.isGiven(arguments);
    ServiceClient service = ServiceCommand.client(arguments);
    MakeTokenJson wanted =
        new MakeTokenJson(
            option(arguments, "--reason"),
            Optional.of(arguments.getString("name")),
            Optional.of(arguments.getString("role")),
            option(arguments, "--expires"),
            option(arguments, "--pool"),
            option(arguments, "--uids"),
            option(arguments, "--stable-id-prefix"),
            option(arguments, "--dn-base"),
            option(arguments, "--nodes"));
    Supplier<MadeTokenJson> making =
        () -> service.post(Paths.admin(Paths.TOKENS), dryRun, wanted, MadeTokenJson.class);
    if (dryRun) {
      Output.notice("would be made: " + line(making.get().token()));
      return;
    }
    option(arguments, "--output")
        .map(Path::of)
        .ifPresentOrElse(
            file -> create(file, () -> secret(making.get())),
            () -> Output.exact(secret(making.get())));
  }

  private static String secret(MadeTokenJson made) {
    Output.notice(line(made.token()));
    return made.secret().orElseThrow();
  }

  private static Optional<String> option(Namespace arguments, String name) {
    return Optional.ofNullable(arguments.getString(name));
  }

  private static void list(Namespace arguments) {
    TokensJson tokens =
        ServiceCommand.client(arguments).get(Paths.admin(Paths.TOKENS), TokensJson.class);
    if (JsonOption.isGiven(arguments)) {
      Output.exact(JsonForm.pretty(tokens));
    } else {
      tokens.tokens().forEach(token -> Output.line(line(token)));
    }
  }

  private static void revoke(Namespace arguments) {
    boolean dryRun = DryRunOption.isGiven(arguments);
    TokenJson revoked =
        ServiceCommand.client(arguments)
            .post(
                Paths.revokeToken(arguments.getString("name")),
                dryRun,
                new ReasonJson(option(arguments, "--reason")),
                TokenJson.class);
    Output.line(line(revoked));
    Output.notice(
        dryRun
            ? "the token would be revoked"
            : "the token is revoked; on every replica within 5 s");
  }

  private static void move(Namespace arguments, String path, String done) {
    boolean dryRun = DryRunOption.isGiven(arguments);
    Optional<String> name = Optional.ofNullable(arguments.getString("name"));
    boolean all = arguments.getBoolean("all");
    if (name.isPresent() == all) {
      throw new CommandFailed(CommandStatus.USAGE, "name one token, or give --all");
    }
    TokensJson moved =
        ServiceCommand.client(arguments)
            .post(
                Paths.admin(path),
                dryRun,
                new NamedTokensJson(
                    option(arguments, "--reason"),
                    name,
                    all ? Optional.of(true) : Optional.empty()),
                TokensJson.class);
    moved.tokens().forEach(token -> Output.line(line(token)));
    Output.notice(
        "%d tokens %s%s".formatted(moved.tokens().size(), dryRun ? "would be " : "", done));
  }

  private static void bootstrap(Path file) {
    TokenText token = TokenText.random(new SecureRandom());
    create(file, token::text);
    Output.notice(
        "made %s with the token %s of an admin. Only its owner may read it, who must be the service's user: chown if that is another"
            .formatted(file, token.id()));
  }

  private static void create(Path file, Supplier<String> line) {
    try {
      SecretFile.create(file, line);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(
          CommandStatus.CANNOT_CREATE,
          "%s is there already, and was not changed; remove it first: rm %s"
              .formatted(file, ShellWord.of(file.toString())),
          e);
    } catch (IOException e) {
      throw new CommandFailed(
          CommandStatus.CANNOT_CREATE, "%s cannot be made: %s".formatted(file, e), e);
    }
  }

  /** {@code hook-1 (4F9XQ2ABCD): provisioner, active, until 2027-06-30T00:00:00Z, uids 1-9}. */
  private static String line(TokenJson token) {
    StringBuilder line =
        new StringBuilder(
            "%s (%s): %s, %s, until %s"
                .formatted(token.name(), token.id(), token.role(), token.state(), token.expires()));
    token.pool().ifPresent(pool -> line.append(", pool ").append(pool));
    token.uids().ifPresent(uids -> line.append(", uids ").append(uids));
    token.stableIdPrefix().ifPresent(text -> line.append(", stable id ").append(text).append('*'));
    token.dnBase().ifPresent(dn -> line.append(", below ").append(dn));
    token.nodes().ifPresent(nodes -> line.append(", nodes ").append(nodes));
    return line.toString();
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable e) {
    // FailureReport prints it
  }
}
