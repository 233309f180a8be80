/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * What an audit, an import or a check found.
 *
 * @param rule the rule's stable name, in lower-case words with hyphens
 * @param severity how bad it is
 * @param subject whom or what it is about: an owner, a range, a file and line
 * @param message what was found, with the values
 * @param remedy what to do about it
 */
public record Finding(
    String rule, Severity severity, String subject, String message, String remedy) {}
