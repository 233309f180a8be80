-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- Entries of the directory that hold no pool up, because an admin has dismissed them. The fingerprint is that of DN and ranges.
CREATE TABLE IF NOT EXISTS dismissed_entry (
  fingerprint VARCHAR(64) PRIMARY KEY,
  entry       VARCHAR(1200) NOT NULL
);
