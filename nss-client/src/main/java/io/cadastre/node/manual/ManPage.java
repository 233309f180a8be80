/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.manual;

import io.cadastre.subid.ManText;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes a manual page with the macros of man(7) from the description that picocli has of a
 * command.
 */
final class ManPage {
  private final ManText text;

  private ManPage(String title, int section) {
    text = new ManText(title, section);
  }

  /** The page of a command. */
  static String of(CommandSpec command) {
    String title = command.qualifiedName("-");
    ManPage page = new ManPage(title, 1);
    String[] description = command.usageMessage().description();
    page.text.name(title, firstSentence(description[0]));
    page.text.synopsis(command.qualifiedName(), synopsis(command));
    page.text.section("DESCRIPTION");
    for (String paragraph : description) {
      page.text.paragraph(paragraph);
    }
    page.options(command);
    page.subcommands(command);
    page.common();
    return page.text.toString();
  }

  /** The page of a settings file. */
  static String ofSettings(String title, String description, List<Entry> keys) {
    ManPage page = new ManPage(title, 5);
    page.text.name(title, "the settings of cadastre-node");
    page.text.section("DESCRIPTION");
    page.text.words(description);
    page.text.section("KEYS");
    keys.forEach(page::entry);
    page.common();
    return page.text.toString();
  }

  /** A term and its explanation. */
  record Entry(String words, String meaning) {}

  private static String synopsis(CommandSpec command) {
    String synopsis = new CommandLine(command).getHelp().synopsis(0).strip();
    return synopsis.substring(command.qualifiedName().length()).replaceAll("\\s+", " ").strip();
  }

  private static String firstSentence(String description) {
    String sentence = description.replaceFirst("(?s)[.:](\\s.*|$)", "");
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  private void options(CommandSpec command) {
    text.section("OPTIONS");
    for (OptionSpec option : command.options()) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      entry(new Entry(String.join(", ", option.names()) + label, description(option)));
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      entry(new Entry(parameter.paramLabel(), description(parameter)));
    }
  }

  private static String description(ArgSpec argument) {
    return String.join(" ", argument.description())
        .replace("${DEFAULT-VALUE}", argument.defaultValueString());
  }

  private void subcommands(CommandSpec command) {
    if (command.subcommands().isEmpty()) {
      return;
    }
    text.section("COMMANDS");
    command
        .subcommands()
        .values()
        .forEach(
            sub ->
                entry(
                    new Entry(
                        sub.getCommandName(),
                        sub.getCommandSpec().usageMessage().description()[0]
                            + " See "
                            + sub.getCommandSpec().qualifiedName("-")
                            + "(1).")));
  }

  private void common() {
    text.section("EXIT STATUS");
    ExitStatusTable.entries().forEach(this::entry);
    text.section("FILES");
    entry(new Entry("/etc/cadastre/node.conf", "The settings."));
    entry(
        new Entry(
            "/etc/cadastre/accept.d/",
            "Acceptances for a whole fleet, one a line: RULE@SERIAL, ledger@UUID or"
                + " identity-changed@ALLOCATION."));
    entry(
        new Entry(
            "/var/lib/cadastre/",
            "The last good snapshot, the state, the last contact, the plugin's map."));
    entry(new Entry("/var/lib/cadastre/served", "How the node serves the last snapshot."));
    entry(
        new Entry(
            "/var/lib/cadastre/snapshot.next",
            "The rows that a sync is about to write; removed at its end."));
    entry(
        new Entry(
            "/var/lib/cadastre/removed",
            "Lines that a sync removed from the managed block because no snapshot has them."));
    entry(
        new Entry(
            "/var/lib/cadastre/taken",
            "Local rows that the registry gives too, and where they stood before a sync moved them"
                + " into the managed block; leave puts them back."));
    text.section("SEE ALSO");
    text.words("cadastre-node(1), cadastre-node.conf(5), subuid(5), subgid(5), newuidmap(1)");
  }

  private void entry(Entry entry) {
    text.entry(entry.words(), entry.meaning());
  }
}
