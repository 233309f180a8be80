/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

/**
 * A file that Podman reports and then ignores. Under the {@code legacy} rules that is a user's file
 * that does not parse, while the {@link PauseProcess} is {@code RUNNING}. The file is listed here
 * also if it makes the first call fail, as a refusal.
 *
 * @param place the file and the wrong line
 * @param message what is wrong
 */
public record BrokenFile(SettingPlace place, String message) {}
