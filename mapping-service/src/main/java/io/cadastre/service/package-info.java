/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The service's configuration and its composition: what is built from what, and nothing else. */
package io.cadastre.service;
