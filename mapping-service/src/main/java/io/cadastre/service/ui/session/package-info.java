/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Sessions of people who have shown a token. They live in the memory of one process;
 * docs/decisions/0092 says what an attacker can try. Knows {@code access} only.
 */
package io.cadastre.service.ui.session;
