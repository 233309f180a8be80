/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.manual;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import io.cadastre.node.CommandTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

/**
 * Takes the commands and requests out of the messages of the source, and parses them with the real
 * parsers: a remedy runs as printed. In a message a command ends at a punctuation mark with a space
 * behind it or at {@code &&}, or it stands in quotes.
 */
@Tag("slow")
class RemediesTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root", ".."));
  private static final List<String> MODULES =
      List.of("subid-core", "storage-conf", "ldap-schema", "mapping-service", "nss-client");
  private static final Pattern COMMAND =
      Pattern.compile("(\"?)\\b(cadastre|cadastre-node) (?=[a-z-])([^\\n]*)");
  private static final Pattern END = Pattern.compile("[.,;:)](\\s|$)| - | && |\\)[,.;]?|>");
  private static final Pattern REQUEST =
      Pattern.compile("\\b(GET|PUT|POST|DELETE) (/v1/[^\\s,;)\"]*)");

  private record Message(String file, String text) {}

  private record Command(String program, List<String> words) {}

  @Test
  void everyCommandInAMessageParses() throws IOException {
    List<String> mistakes = new ArrayList<>();
    int parsed = 0;
    for (Message message : messages()) {
      for (Command command : commands(message.text())) {
        parsed++;
        refusal(command).forEach(why -> mistakes.add(message.file() + ": " + command + ": " + why));
      }
    }
    assertThat(mistakes).isEmpty();
    assertThat(parsed).isGreaterThan(30);
  }

  @Test
  void everyRequestInAMessageIsOneOfTheInterface() throws IOException {
    JsonNode paths =
        new ObjectMapper().readTree(ROOT.resolve("docs/openapi.json").toFile()).path("paths");
    List<String> mistakes = new ArrayList<>();
    for (Message message : messages()) {
      Matcher request = REQUEST.matcher(message.text());
      while (request.find()) {
        String path = request.group(2).replaceFirst("[?].*", "").replaceFirst("[.]$", "");
        boolean known =
            paths.properties().stream()
                .map(Map.Entry::getKey)
                .filter(template -> path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")))
                .anyMatch(
                    template ->
                        paths.path(template).has(request.group(1).toLowerCase(Locale.ROOT)));
        if (!known) {
          mistakes.add(message.file() + ": " + request.group());
        }
      }
    }
    assertThat(mistakes).isEmpty();
  }

  @Test
  void everyObjectInAMessageIsJson() throws IOException {
    for (Message message : messages()) {
      Matcher object = Pattern.compile("\\{\"[^}]*}").matcher(message.text());
      while (object.find()) {
        assertThat(new ObjectMapper().readTree(object.group()).isObject()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Run: cadastre rebind %s --reason WHY - if not, wait. | rebind 1 --reason WHY",
        "It is \"cadastre audit\" that says so | audit",
        "then run cadastre-node sync. | sync",
        "nothing (cadastre retire zoe), as | retire zoe",
        "to a file: cadastre events export >log.ndjson | events export",
        "cadastre dismiss-entry %1$s --reason 'not, in use' | dismiss-entry 1 --reason not, in use",
      })
  void commandsAreTakenOutOfMessages(String message, String words) {
    assertThat(commands(message))
        .singleElement()
        .satisfies(command -> assertThat(String.join(" ", command.words())).isEqualTo(words));
  }

  private static List<String> refusal(Command command) {
    String[] words = command.words().toArray(String[]::new);
    if (command.words().equals(List.of("--help"))) {
      return List.of(); // both programs have it
    }
    try {
      if (command.program().equals("cadastre")) {
        assertThat(ServiceManual.program().parseArgs(words)).isNotNull();
      } else {
        assertThat(CommandTree.commandLine().parseArgs(words)).isNotNull();
      }
      return List.of();
    } catch (ArgumentParserException | ParameterException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** The commands of a message. A placeholder becomes 1, which is a name and a number. */
  private static List<Command> commands(String message) {
    List<Command> commands = new ArrayList<>();
    if (message.startsWith("#")) {
      return commands; // the head of a file of ours
    }
    Matcher found = COMMAND.matcher(message.replaceAll("%(\\d\\$)?[sd]", "1"));
    while (found.find()) {
      String rest = found.group(3);
      commands.add(
          new Command(
              found.group(2),
              found.group(1).isEmpty() ? words(rest) : words(rest.replaceFirst("\".*", ""))));
      found.region(found.end(2), found.regionEnd());
    }
    return commands;
  }

  /** Splits words as a shell does, up to a mark outside of quotes that ends the command. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quotedWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && END.matcher(text).region(i, text.length()).lookingAt()) {
        break;
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        quotedWord = true;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && c == ' ') {
        if (quotedWord || !word.isEmpty()) {
          words.add(word.toString());
        }
        word.setLength(0);
        quotedWord = false;
      } else {
        word.append(c);
      }
    }
    if (quotedWord || !word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static List<Message> messages() throws IOException {
    List<Message> messages = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = new ArrayList<>();
      for (String module : MODULES) {
        try (Stream<Path> all = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
          all.filter(file -> file.toString().endsWith(".java"))
              .filter(RemediesTest::mayHoldARemedy)
              .forEach(sources::add);
        }
      }
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
        new Texts(file, messages).scan(unit, null);
      }
    }
    return messages;
  }

  private static boolean mayHoldARemedy(Path file) {
    try {
      return Files.readString(file).matches("(?s).*(cadastre(-node)? |/v1/).*");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Collects the texts: literals, and literals joined by + with a placeholder for the rest. */
  private static final class Texts extends TreeScanner<Void, Void> {
    private final String file;
    private final List<Message> messages;

    Texts(String file, List<Message> messages) {
      this.file = file;
      this.messages = messages;
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void unused) {
      if (literal.getValue() instanceof String text) {
        messages.add(new Message(file, text));
      }
      return null;
    }

    @Override
    public Void visitBinary(BinaryTree sum, Void unused) {
      if (sum.getKind() == Kind.PLUS) {
        messages.add(new Message(file, text(sum)));
        return null;
      }
      return super.visitBinary(sum, null);
    }

    private String text(ExpressionTree part) {
      if (part instanceof LiteralTree literal && literal.getValue() instanceof String text) {
        return text;
      }
      if (part instanceof BinaryTree sum && sum.getKind() == Kind.PLUS) {
        return text(sum.getLeftOperand()) + text(sum.getRightOperand());
      }
      if (!(part instanceof ParenthesizedTree)) {
        scan(part, null);
      }
      return "%s";
    }
  }
}
