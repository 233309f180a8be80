/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

/**
 * A refusal or a failure.
 *
 * @param status the status code
 * @param title what kind of problem it is
 * @param detail what was refused, the value, the limit, the remedy
 * @param requestId the request, as the log names it; may be empty
 */
public record ProblemPage(Frame frame, int status, String title, String detail, String requestId) {}
