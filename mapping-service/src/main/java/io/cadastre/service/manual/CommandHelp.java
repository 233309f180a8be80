/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;

/**
 * The description that the parser of a command has of itself. argparse4j shows it as text only: it
 * is laid out on one very long line for each argument, and read from there.
 *
 * @param words the command and its subcommand, as typed after {@code cadastre}
 * @param synopsis its arguments
 * @param description its purpose, a phrase
 * @param options its arguments and options with their explanations, in order
 * @param commands its subcommands with their explanations
 */
record CommandHelp(
    List<String> words,
    String synopsis,
    String description,
    Map<String, String> options,
    Map<String, String> commands) {

  /** The option that no command has, to which each parser answers with itself. */
  private static final String NO_OPTION = "--no-such-option";

  private static final Pattern ENTRY = Pattern.compile("( {2}| {4})(\\S.*?)(?: {2,}(\\S.*))?");

  /** The help of the command that these words name. */
  static CommandHelp of(ArgumentParser program, String description, List<String> words) {
    List<String> lines = parser(program, words).formatHelp().lines().toList();
    Map<String, String> options = new LinkedHashMap<>();
    Map<String, String> commands = new LinkedHashMap<>();
    String last = "";
    for (String line : lines.subList(1, lines.size())) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        last = entry.group(2);
        Map<String, String> kind = entry.group(1).length() == 2 ? options : commands;
        kind.put(last, entry.group(3) == null ? "" : entry.group(3));
      } else if (line.startsWith("     ")) {
        options.put(last, line.strip());
      }
    }
    options.keySet().removeIf(name -> !commands.isEmpty() && name.equals("WHAT"));
    String usage = lines.get(0).replaceFirst("^usage: ", "");
    String command = String.join(" ", words);
    return new CommandHelp(
        List.copyOf(words),
        usage.substring(usage.indexOf(command) + command.length()).strip(),
        description,
        options,
        commands);
  }

  private static ArgumentParser parser(ArgumentParser program, List<String> words) {
    List<String> line = new ArrayList<>(words);
    line.add(NO_OPTION);
    try {
      Object parsed = program.parseArgs(line.toArray(String[]::new));
      throw new IllegalStateException("a command takes %s: %s".formatted(NO_OPTION, parsed));
    } catch (ArgumentParserException e) {
      return e.getParser();
    }
  }

  /** The names of the options, as completion offers them. */
  List<String> optionNames() {
    return options.keySet().stream()
        .filter(option -> option.startsWith("-"))
        .flatMap(option -> Pattern.compile(",").splitAsStream(option))
        .map(option -> option.strip().replaceFirst(" .*", ""))
        .toList();
  }
}
