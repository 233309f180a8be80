-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- Who made a change, by which credential. Events from before have neither.
ALTER TABLE event ADD COLUMN IF NOT EXISTS role VARCHAR(20);
ALTER TABLE event ADD COLUMN IF NOT EXISTS credential VARCHAR(255);
