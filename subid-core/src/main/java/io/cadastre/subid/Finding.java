/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * A result of an audit, an import or a check.
 *
 * @param rule the rule's stable name, in lower-case words with hyphens
 * @param severity how urgent the finding is
 * @param subject the owner, the range, or the file and line
 * @param message what was found, with its values
 * @param remedy what to do
 */
public record Finding(
    String rule, Severity severity, String subject, String message, String remedy) {}
