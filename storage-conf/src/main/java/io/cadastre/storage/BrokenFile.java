/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A file that Podman complains of and then does without. Under the {@code legacy} rules that is a
 * user's file that does not parse, in a {@link PauseProcess#RUNNING} session: it is named here also
 * where it stops the first call, as a refusal.
 *
 * @param place the file and the line at fault
 * @param message what is wrong
 */
public record BrokenFile(SettingPlace place, String message) {}
