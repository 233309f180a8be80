/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What runs again and again without being asked: it survives whatever it throws, and says when it
 * last succeeded. Knows nothing of what it runs.
 */
package io.cadastre.service.periodic;
