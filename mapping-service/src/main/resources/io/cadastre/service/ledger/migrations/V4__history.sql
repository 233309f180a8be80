-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- The events that read an earlier time than the one before, but for those that a later one reads
-- earlier still: mostly none.
CREATE TABLE IF NOT EXISTS clock_step (
  seq BIGINT PRIMARY KEY,
  at  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS clock_step_at ON clock_step (at);
