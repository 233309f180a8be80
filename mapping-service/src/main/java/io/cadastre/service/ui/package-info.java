/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The pages for people, below {@code /ui}: a resource parses the request, asks the same queries as
 * {@code rest} and hands their answers to a template. No rule and no SQL of its own.
 */
package io.cadastre.service.ui;
