/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The service as a program: its composition and the schedule of its background work. */
package io.cadastre.service;
