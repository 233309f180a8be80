/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.rest.http.ParameterValue.Reader;
import io.cadastre.subid.NodeName;
import io.cadastre.subid.OwnerName;
import jakarta.annotation.Priority;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts the parameters of paths and queries by their Java types ({@link ParameterValue}). An
 * {@code Optional} parameter may be left out, one with a default value has that then, and any other
 * is required. An empty parameter counts as left out.
 */
@Priority(ParameterConverters.FIRST)
public final class ParameterConverters implements ParamConverterProvider {
  /** Before Dropwizard's, one of which reads a missing enum as null. */
  static final int FIRST = 1;

  @Override
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> rawType, Type genericType, Annotation[] annotations) {
    Optional<String> name = name(annotations);
    boolean optional = rawType == Optional.class;
    Class<?> type = optional ? argument(genericType) : rawType;
    Optional<Reader> reader = name.flatMap(n -> reader(type, annotations));
    if (reader.isEmpty()) {
      return null; // not a type of this interface's: Jersey converts it
    }
    Optional<String> otherwise = find(DefaultValue.class, annotations).map(DefaultValue::value);
    return new Converter<>(name.get(), type, reader.get(), otherwise, optional);
  }

  private static Optional<String> name(Annotation[] annotations) {
    return find(QueryParam.class, annotations)
        .map(QueryParam::value)
        .or(() -> find(PathParam.class, annotations).map(PathParam::value));
  }

  private static <A extends Annotation> Optional<A> find(Class<A> type, Annotation[] annotations) {
    return Stream.of(annotations).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static Class<?> argument(Type optional) {
    return optional instanceof ParameterizedType type
            && type.getActualTypeArguments()[0] instanceof Class<?> argument
        ? argument
        : Object.class;
  }

  /** Names in paths arrive percent-encoded: Jersey's decoder would change what is not UTF-8. */
  private static Optional<Reader> reader(Class<?> type, Annotation[] annotations) {
    if (find(Encoded.class, annotations).isEmpty()) {
      return ParameterValue.reader(type);
    }
    if (type == OwnerName.class) {
      return Optional.of((name, text) -> PathSegment.ownerName(text));
    }
    if (type == NodeName.class) {
      return Optional.of((name, text) -> PathSegment.nodeName(text));
    }
    return type == NameOrUid.class
        ? Optional.of((name, text) -> PathSegment.nameOrUid(text))
        : Optional.empty();
  }

  private record Converter<T>(
      String name, Class<?> type, Reader reader, Optional<String> otherwise, boolean optional)
      implements ParamConverter<T> {

    @Override
    @SuppressWarnings("unchecked") // the reader is the one of the type
    public T fromString(@Nullable String text) {
      Optional<Object> value =
          Optional.ofNullable(text)
              .filter(given -> !given.isEmpty())
              .or(() -> otherwise)
              .map(given -> reader.read(name, given));
      return (T) (optional ? value : value.orElseThrow(() -> ParameterValue.missing(name, type)));
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }
  }
}
