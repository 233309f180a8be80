/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFReader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFilesTest {
  private static final Pattern DEFINITION =
      Pattern.compile(
          "^(attributetype|objectclass) (\\(.*?\\))\\s*(?=^attr|^obj|\\z)",
          Pattern.DOTALL | Pattern.MULTILINE);

  @ParameterizedTest
  @CsvSource({
    "openldap/cadastre.schema, openldap/cadastre.ldif, 389ds/99cadastre.ldif, 17",
    "openldap/ipa-subid.schema, openldap/ipa-subid.ldif, 389ds/98ipa-subid.ldif, 10"
  })
  void allThreeFormsDefineTheSame(String schema, String cnConfig, String dirsrv, int definitions)
      throws Exception {
    Set<String> expected = ofSchema(schema);
    assertThat(expected).hasSize(definitions);
    assertThat(ofLdif(cnConfig, "olcAttributeTypes", "olcObjectClasses")).isEqualTo(expected);
    assertThat(ofLdif(dirsrv, "attributeTypes", "objectClasses")).isEqualTo(expected);
  }

  /** ns-slapd reads an empty line as the end of an entry without a DN, and does not start. */
  @ParameterizedTest
  @ValueSource(strings = {SchemaFiles.CADASTRE_389DS, SchemaFiles.IPA_389DS})
  void noEmptyLineStandsInASchemaFileOf389Ds(String file) throws Exception {
    assertThat(text(file).lines()).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyNameOfAProfileIsDefined(Profile profile) throws Exception {
    Schema schema = merged();
    Stream.of(
            profile.rdnAttribute(),
            profile.uidNumber(),
            profile.uidCount(),
            profile.gidNumber(),
            profile.gidCount(),
            profile.owner())
        .forEach(name -> assertThat(schema.getAttributeType(name)).as(name).isNotNull());
    profile
        .objectClasses()
        .forEach(name -> assertThat(schema.getObjectClass(name)).as(name).isNotNull());
    assertThat(profile.objectClasses()).contains(profile.searchedClass());
  }

  @Test
  void theAuxiliaryClassHasAllThatTheLedgerNeeds() throws Exception {
    ObjectClassDefinition allocation = merged().getObjectClass(SchemaNames.ALLOCATION_CLASS);
    assertThat(allocation.getRequiredAttributes())
        .containsExactlyInAnyOrder(
            SchemaNames.ALLOCATION_ID,
            SchemaNames.STABLE_ID,
            SchemaNames.OWNER_NAME,
            SchemaNames.OWNER_UID,
            SchemaNames.OWNER_GID,
            SchemaNames.STATE,
            SchemaNames.SERIAL);
    assertThat(allocation.getOptionalAttributes())
        .containsExactlyInAnyOrder(SchemaNames.POOL, SchemaNames.REVISION, Profile.GENERIC.owner());
  }

  @Test
  void aRetiredEntryNeedNotHaveTheClassThatSssdLooksFor() throws Exception {
    ObjectClassDefinition retired = merged().getObjectClass(SchemaNames.RETIRED_CLASS);
    assertThat(retired.getSuperiorClasses()).containsExactly("top");
  }

  private static Schema merged() throws Exception {
    try (InputStream own = SchemaFiles.open(SchemaFiles.CADASTRE_389DS);
        InputStream ipa = SchemaFiles.open(SchemaFiles.IPA_389DS)) {
      return Schema.mergeSchemas(
          Schema.getDefaultStandardSchema(), Schema.getSchema(own), Schema.getSchema(ipa));
    }
  }

  private static Set<String> ofSchema(String file) throws Exception {
    String text = text(file).replaceAll("(?m)^#.*\n", "");
    Set<String> definitions = new TreeSet<>();
    Matcher m = DEFINITION.matcher(text);
    while (m.find()) {
      definitions.add(m.group(2).replaceAll("\\s+", " "));
    }
    return definitions;
  }

  private static Set<String> ofLdif(String file, String... attributes) throws Exception {
    Set<String> definitions = new TreeSet<>();
    try (LDIFReader reader = new LDIFReader(SchemaFiles.open(file))) {
      Entry entry = reader.readEntry();
      for (String attribute : attributes) {
        Arrays.stream(entry.getAttributeValues(attribute))
            .map(value -> value.replaceAll("\\s+", " "))
            .forEach(definitions::add);
      }
      assertThat(reader.readEntry()).isNull();
    }
    return definitions;
  }

  private static String text(String file) throws Exception {
    try (InputStream in = SchemaFiles.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
