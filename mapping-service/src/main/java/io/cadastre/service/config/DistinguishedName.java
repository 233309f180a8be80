/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text is a DN (RFC 4514) of at least one RDN. */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DistinguishedName.Check.class)
@interface DistinguishedName {
  /** The message after the setting's path. */
  String message() default "is not a DN";

  /** Required by Jakarta Validation. */
  Class<?>[] groups() default {};

  /** Required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** Parses the DN. */
  final class Check implements ConstraintValidator<DistinguishedName, String> {
    @Override
    public boolean isValid(@Nullable String dn, ConstraintValidatorContext context) {
      Optional<String> mistake = dn == null ? Optional.empty() : mistake(dn);
      return mistake.map(why -> SearchFilter.Check.refuse(context, why)).orElse(true);
    }

    /** Why the text is not a DN; empty if it is one. */
    static Optional<String> mistake(String dn) {
      try {
        return new DN(dn).isNullDN() ? Optional.of("is not a DN: it is empty") : Optional.empty();
      } catch (LDAPException e) {
        return Optional.of("is not a DN: " + e.getMessage());
      }
    }
  }
}
