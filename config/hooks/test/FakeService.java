/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers the hooks as their test demands, and records the requests.
 *
 * <p>{@code java FakeService.java DIR [PORT]}. In DIR, {@code port} holds its port. {@code requests}
 * gets a line for each request: {@code METHOD path authorization body}. Each request takes a line of
 * {@code answers}: {@code STATUS[=PROBLEM] [Retry-After]}; {@code proxy} and {@code portal} for a 404 and a 200
 * that are not from the registry; {@code hang} for a 201 after 3 seconds; {@code cut} for a truncated
 * 201. Without a line it answers 201.
 */
final class FakeService {
  private final Path dir;

  private FakeService(Path dir) {
    this.dir = dir;
  }

  public static void main(String[] args) throws IOException {
    FakeService service = new FakeService(Path.of(args[0]));
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", service::answer);
    server.start();
    Path staged = service.dir.resolve("port.new");
    Files.writeString(staged, server.getAddress().getPort() + "\n");
    Files.move(staged, service.dir.resolve("port"));
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Files.writeString(
        dir.resolve("requests"),
        String.join(
            " ",
            exchange.getRequestMethod(),
            exchange.getRequestURI().toASCIIString(),
            authorization == null ? "-" : authorization.replace(' ', '_'),
            body + "\n"),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    String[] next = nextAnswer().split(" ");
    String problem = next[0].replaceFirst("^[^=]*=?", "");
    next[0] = next[0].replaceFirst("=.*", "");
    int status =
        switch (next[0]) {
          case "proxy" -> 404;
          case "portal" -> 200;
          case "cut" -> 201;
          case "hang" -> afterThreeSeconds(201);
          default -> Integer.parseInt(next[0]);
        };
    boolean notOurs = next[0].startsWith("p");
    if (next.length > 1) {
      exchange.getResponseHeaders().set("Retry-After", next[1]);
    }
    exchange
        .getResponseHeaders()
        .set("Content-Type", notOurs ? "text/html" : status < 400 ? "application/json" : PROBLEM);
    byte[] answer = (status < 400 ? GRANTED : refusal(status, problem)).getBytes(StandardCharsets.UTF_8);
    if (status == 204) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, answer.length + (next[0].equals("cut") ? 9 : 0));
      exchange.getResponseBody().write(answer);
    }
    exchange.close();
  }

  private static int afterThreeSeconds(int status) {
    try {
      Thread.sleep(3000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status;
  }

  private static final String PROBLEM = "application/problem+json";
  private static final String GRANTED = "{\"start\":1001062400}\n";

  private static String refusal(int status, String problem) {
    String type = problem.isEmpty() ? "about:blank" : "urn:cadastre:problem:" + problem;
    return "{\"type\":\"%2$s\",\"title\":\"Title %1$d\",\"status\":%1$d,".formatted(status, type)
        + "\"detail\":\"the \\\"detail\\\" of %d\"}".formatted(status);
  }

  private String nextAnswer() throws IOException {
    Path answers = dir.resolve("answers");
    if (!Files.exists(answers)) {
      return "201";
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(answers));
    if (lines.isEmpty()) {
      return "201";
    }
    String next = lines.remove(0);
    Files.write(answers, lines);
    return next;
  }
}
