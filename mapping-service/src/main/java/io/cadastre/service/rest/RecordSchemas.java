/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Describes the records of {@code api}: their names without "Json", and their components required
 * unless they are Optional.
 */
final class RecordSchemas extends ModelResolver {
  private static final String SUFFIX = "Json";

  RecordSchemas() {
    super(Json.mapper(), new Names());
  }

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> schema = super.resolve(type, context, chain);
    JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
    if (java.getRawClass().isRecord()) {
      Optional.ofNullable(context.getDefinedModels().get(_typeNameResolver.nameForType(java)))
          .ifPresent(model -> require(model, java.getRawClass()));
    }
    return schema;
  }

  private static void require(Schema<?> model, Class<?> type) {
    List<String> known = Optional.ofNullable(model.getRequired()).orElse(List.of());
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() != Optional.class && !known.contains(component.getName())) {
        model.addRequiredItem(component.getName());
      }
    }
  }

  private static final class Names extends TypeNameResolver {
    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
      String name = super.nameForClass(type, options);
      return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
  }
}
