/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.cadastre.service.rest.http.NameOrUid;
import io.cadastre.service.rest.http.PageLimit;
import io.cadastre.service.rest.http.ParameterValue;
import io.cadastre.service.rest.http.SubordinateId;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.NodeName;
import io.cadastre.subid.OwnerName;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Describes the types of the interface, once for all places. A record of {@code api} has its name
 * without "Json"; its components are required unless they are Optional. A parameter's type has the
 * schema that {@link ParameterValue} reads.
 */
final class RecordSchemas extends ModelResolver {
  private static final String SUFFIX = "Json";

  private static final Map<Class<?>, Supplier<Schema<?>>> VALUES =
      Map.of(
          OwnerName.class,
          StringSchema::new,
          NameOrUid.class,
          StringSchema::new,
          NodeName.class,
          StringSchema::new,
          SubordinateId.class,
          RecordSchemas::id,
          PageLimit.class,
          RecordSchemas::limit);

  RecordSchemas() {
    super(Json.mapper(), new Names());
  }

  @Override
  public Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Class<?> parameter = TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
    if (parameter.isEnum()) {
      return words(parameter);
    }
    if (VALUES.containsKey(parameter)) {
      return VALUES.get(parameter).get();
    }
    Schema<?> schema = super.resolve(type, context, chain);
    JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
    if (java.getRawClass().isRecord()) {
      Optional.ofNullable(context.getDefinedModels().get(_typeNameResolver.nameForType(java)))
          .ifPresent(model -> require(model, java.getRawClass()));
    }
    return schema;
  }

  private static Schema<?> words(Class<?> type) {
    StringSchema schema = new StringSchema();
    schema.setEnum(ParameterValue.words(type));
    return schema;
  }

  private static Schema<?> id() {
    return new IntegerSchema()
        .format("int64")
        .minimum(BigDecimal.ZERO)
        .maximum(BigDecimal.valueOf(IdRange.MAX_ID));
  }

  private static Schema<?> limit() {
    return new IntegerSchema().minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(PageLimit.MOST));
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
