/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which addresses a process and its children speak to, as strace(1) saw it: each {@code connect},
 * {@code sendto}, {@code sendmsg} and {@code sendmmsg} that names one, whether it succeeded or not.
 * A DNS question is one to port 53. What goes to the kernel (AF_NETLINK) is left out.
 */
record TracedCalls(Path file) {
  private static final Pattern CALL =
      Pattern.compile("\\b(?:connect|sendto|sendmsg|sendmmsg)\\((?<arguments>.*)");
  private static final Pattern INTERNET =
      Pattern.compile(
          "sin6?_port=htons\\((?<port>\\d+)\\).*?(?:inet_addr\\(|inet_pton\\(AF_INET6, )\"(?:::ffff:)?(?<address>[^\"]+)\"");
  private static final Pattern SOCKET_FILE = Pattern.compile("sun_path=(?<path>@?\"[^\"]*\")");

  /** The words to put before a command; the process keeps its id. */
  List<String> words() {
    return List.of(
        "strace",
        "-D",
        "-f",
        "-qq",
        "-s",
        "400",
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg",
        "-o",
        file.toString());
  }

  /** Every address, {@code 127.0.0.1:389} or the path of a socket in quotes, once. */
  Set<String> addresses() throws IOException {
    Set<String> result = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      Matcher call = CALL.matcher(line);
      if (call.find()) {
        String arguments = call.group("arguments");
        Matcher internet = INTERNET.matcher(arguments);
        while (internet.find()) {
          result.add(internet.group("address") + ":" + internet.group("port"));
        }
        Matcher path = SOCKET_FILE.matcher(arguments);
        while (path.find()) {
          result.add(path.group("path"));
        }
      }
    }
    return result;
  }
}
