/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory's schema, as the service may read it. A part of a filter with an attribute that the
 * schema lacks matches no entry, and no server says so (RFC 4511, 4.5.1.7). Immutable.
 */
final class DirectorySchema {
  private final Optional<Schema> schema;

  private DirectorySchema(Optional<Schema> schema) {
    this.schema = schema;
  }

  /**
   * Reads the schema that is in force at a base.
   *
   * @throws DirectoryUnavailable if the directory does not answer
   */
  static DirectorySchema read(LdapPool pool, String base) {
    return new DirectorySchema(
        pool.run(
            connection -> {
              try {
                // A server that hides its schema may show an empty one.
                return Optional.ofNullable(Schema.getSchema(connection, base, false))
                    .filter(schema -> !schema.getAttributeTypes().isEmpty());
              } catch (LDAPException e) {
                if (LdapResultCodes.meanUnavailable(e.getResultCode())) {
                  throw e;
                }
                return Optional.empty();
              }
            }));
  }

  /** Whether the server let the service read it. */
  boolean isReadable() {
    return schema.isPresent();
  }

  /** Whether the schema is readable and has all that a filter names. */
  boolean hasAllOf(Filter filter) {
    return isReadable() && unknown(filter).isEmpty();
  }

  /** Whether entries of the class may have the attribute; false if the schema is unreadable. */
  boolean allows(String objectClass, String attribute) {
    return schema
        .map(known -> known.getObjectClass(objectClass))
        .filter(
            found -> Stream.of(found.getOptionalAttributes()).anyMatch(attribute::equalsIgnoreCase))
        .isPresent();
  }

  /** What a filter names and the schema lacks: "attribute memberOff"; empty if it is unreadable. */
  List<String> unknown(Filter filter) {
    List<String> unknown = new ArrayList<>();
    schema.ifPresent(
        known ->
            items(filter)
                .filter(item -> item.getAttributeName() != null)
                .forEach(item -> add(known, item, unknown)));
    return unknown.stream().distinct().toList();
  }

  /** The attributes of a filter, in lower case; "*" for an extensible match of any attribute. */
  static Set<String> attributes(Filter filter) {
    return items(filter)
        .map(item -> item.getAttributeName() == null ? "*" : name(item).toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static Stream<Filter> items(Filter filter) {
    return switch (filter.getFilterType()) {
      case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR ->
          Stream.of(filter.getComponents()).flatMap(DirectorySchema::items);
      case Filter.FILTER_TYPE_NOT -> items(filter.getNOTComponent());
      default -> Stream.of(filter);
    };
  }

  private static String name(Filter item) {
    return Attribute.getBaseName(item.getAttributeName());
  }

  private static void add(Schema known, Filter item, List<String> unknown) {
    String name = name(item);
    if (known.getAttributeType(name) == null) {
      unknown.add("attribute " + DnText.of(name));
    } else if (name.equalsIgnoreCase("objectClass")
        && item.getFilterType() == Filter.FILTER_TYPE_EQUALITY
        && known.getObjectClass(item.getAssertionValue()) == null) {
      unknown.add("object class " + DnText.of(item.getAssertionValue()));
    }
  }
}
