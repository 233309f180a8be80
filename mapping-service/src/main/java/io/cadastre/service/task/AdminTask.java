/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.directory.DirectoryUnavailable;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.task.TaskAnswer.Outcome;
import io.dropwizard.servlets.tasks.PostBodyTask;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** One task: answers {@link TaskAnswer} as JSON, refusals and outages included. */
final class AdminTask extends PostBodyTask {
  private final Work work;
  private final ObjectMapper mapper;

  /** What a task does. */
  interface Work {
    TaskAnswer run(Request request) throws JsonProcessingException;
  }

  /**
   * What a caller sends.
   *
   * @param parameters of the query
   * @param body of the request, possibly empty
   */
  record Request(Map<String, List<String>> parameters, String body) {
    Optional<String> text(String name) {
      return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The number of that name, if it is given.
     *
     * @throws Refused if it is none
     */
    OptionalLong number(String name) {
      Optional<String> text = text(name);
      try {
        return text.isPresent()
            ? OptionalLong.of(Long.parseLong(text.get()))
            : OptionalLong.empty();
      } catch (NumberFormatException e) {
        throw new Refused(RefusalCode.BAD_REQUEST, "the parameter %s is no number".formatted(name));
      }
    }

    boolean flag(String name) {
      return text(name).filter("true"::equals).isPresent();
    }

    /** The caller is whoever may reach the admin connector: an admin of this host. */
    AuditContext auditContext() {
      return new AuditContext(
          text("actor").orElse("admin"), Optional.of(UUID.randomUUID().toString()), text("reason"));
    }
  }

  AdminTask(String name, ObjectMapper mapper, Work work) {
    super(name, "application/json");
    this.mapper = mapper;
    this.work = work;
  }

  @Override
  public void execute(Map<String, List<String>> parameters, String body, PrintWriter output)
      throws Exception {
    output.println(mapper.writeValueAsString(answer(new Request(parameters, body))));
  }

  private TaskAnswer answer(Request request) {
    try {
      return work.run(request);
    } catch (Refused e) {
      return new TaskAnswer(Outcome.REFUSED, String.valueOf(e.getMessage()), List.of());
    } catch (JsonProcessingException e) {
      return new TaskAnswer(
          Outcome.REFUSED,
          "the body is not what it should be: " + e.getOriginalMessage(),
          List.of());
    } catch (Unavailable | DirectoryUnavailable e) {
      return new TaskAnswer(Outcome.UNAVAILABLE, String.valueOf(e.getMessage()), List.of());
    }
  }
}
