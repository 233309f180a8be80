/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.AccessTable.Effect;
import io.cadastre.service.access.AccessTable.Row;
import io.cadastre.service.access.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of the pages against the resources. */
class PageRulesTest {
  private static final java.nio.file.Path SOURCES =
      java.nio.file.Path.of(System.getProperty("cadastre.root"))
          .resolve("mapping-service/src/main/java");

  private static List<Method> operations() throws IOException {
    List<Method> operations = new ArrayList<>();
    try (Stream<java.nio.file.Path> files = Files.walk(SOURCES.resolve("io/cadastre/service/ui"))) {
      for (java.nio.file.Path file :
          files.filter(each -> each.toString().endsWith("Resource.java")).toList()) {
        String name = SOURCES.relativize(file).toString().replace('/', '.');
        Class<?> resource = load(name.substring(0, name.length() - ".java".length()));
        Stream.of(resource.getDeclaredMethods())
            .filter(each -> each.isAnnotationPresent(GET.class) || isForm(each))
            .forEach(operations::add);
      }
    }
    return operations;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isForm(Method method) {
    return method.isAnnotationPresent(POST.class);
  }

  private static String operation(Method method) {
    String path =
        method.getDeclaringClass().getAnnotation(Path.class).value()
            + Optional.ofNullable(method.getAnnotation(Path.class))
                .map(each -> "/" + each.value())
                .orElse("");
    String clean = path.replaceAll("/+", "/");
    return (isForm(method) ? "POST " : "GET ")
        + (clean.length() > 1 ? clean.replaceFirst("/$", "") : clean);
  }

  @Test
  void everyPageHasARowAndEveryRowAPage() throws IOException {
    assertThat(PageRules.TABLE.rows().stream().map(row -> row.method() + " " + row.template()))
        .containsExactlyInAnyOrderElementsOf(
            operations().stream().map(PageRulesTest::operation).toList());
  }

  /** The reader of a PageForm refuses one without the session's token. */
  @Test
  void everyFormIsReadAsAPageForm() throws IOException {
    assertThat(operations().stream().filter(PageRulesTest::isForm))
        .isNotEmpty()
        .allMatch(each -> List.of(each.getParameterTypes()).contains(PageForm.class));
  }

  @Test
  void nobodyButAdminsChangesAndProgramsHaveNoPages() {
    for (Row row : PageRules.TABLE.rows()) {
      assertThat(row.everyone() || !row.roles().contains(Role.NODE)).as(row.template()).isTrue();
      assertThat(row.everyone() || !row.roles().contains(Role.PROVISIONER)).isTrue();
      if (row.template().startsWith("/ui/changes")) {
        assertThat(row.roles()).isEqualTo(Set.of(Role.ADMIN));
      }
      if (row.method().equals("GET")) {
        assertThat(row.effect()).isEqualTo(Effect.READS);
      }
    }
  }
}
