/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A string that a server takes as the name of a simple bind: a DN, or on Active Directory a user
 * principal name or {@code DOMAIN\name}, which survive a move of the account (MS-ADTS, 5.1.1.1.1).
 */
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = BindName.Check.class)
@interface BindName {
  /** The message after the setting's path. */
  String message() default "is not a DN";

  /** Required by Jakarta Validation. */
  Class<?>[] groups() default {};

  /** Required by Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};

  /** Checks the form. */
  final class Check implements ConstraintValidator<BindName, String> {
    private static final String OTHER_FORMS =
        "; Active Directory also takes name@domain and DOMAIN\\name";
    private static final Pattern PRINCIPAL =
        Pattern.compile("[^@\\\\=,\\s\\p{Cntrl}]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern DOWN_LEVEL =
        Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*\\\\[^@\\\\=,\"/:|<>+*?;\\[\\]\\p{Cntrl}]+");

    @Override
    public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
      if (name == null || PRINCIPAL.matcher(name).matches() || DOWN_LEVEL.matcher(name).matches()) {
        return true;
      }
      return DistinguishedName.Check.mistake(name)
          .map(why -> SearchFilter.Check.refuse(context, why + OTHER_FORMS))
          .orElse(true);
    }
  }
}
