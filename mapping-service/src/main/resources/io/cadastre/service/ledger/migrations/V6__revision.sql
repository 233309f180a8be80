-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- The revision counts every change, the serial only those that the snapshot shows. Events from before have none: theirs is their number.
ALTER TABLE ledger ADD COLUMN IF NOT EXISTS revision BIGINT DEFAULT 0 NOT NULL;
UPDATE ledger SET revision = last_event;
ALTER TABLE ledger ALTER COLUMN revision DROP DEFAULT;

ALTER TABLE allocation ADD COLUMN IF NOT EXISTS revision BIGINT DEFAULT 0 NOT NULL;
UPDATE allocation SET revision = COALESCE((SELECT MAX(e.seq) FROM event e WHERE e.allocation_id = allocation.id), 0);
ALTER TABLE allocation ALTER COLUMN revision DROP DEFAULT;

ALTER TABLE event ADD COLUMN IF NOT EXISTS revision BIGINT;
