/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** The text is an LDAP search filter (RFC 4515). */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = SearchFilter.Check.class)
@interface SearchFilter {
  /** The message after the setting's path. */
  String message() default "is not an LDAP filter";

  /** Required by Jakarta Validation. */
  Class<?>[] groups() default {};

  /** Required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** Parses the filter. */
  final class Check implements ConstraintValidator<SearchFilter, String> {
    @Override
    public boolean isValid(@Nullable String filter, ConstraintValidatorContext context) {
      if (filter == null) {
        return true;
      }
      try {
        Filter.create(filter);
        return true;
      } catch (LDAPException e) {
        return refuse(context, "is not an LDAP filter: " + e.getMessage());
      }
    }

    /** Adds the violation; braces would be read as message parameters. */
    static boolean refuse(ConstraintValidatorContext context, String message) {
      context.disableDefaultConstraintViolation();
      context
          .buildConstraintViolationWithTemplate(message.replaceAll("[\\\\{}$]", "\\\\$0"))
          .addConstraintViolation();
      return false;
    }
  }
}
