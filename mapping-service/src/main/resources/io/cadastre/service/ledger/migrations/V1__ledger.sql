-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0
--
-- Ledgers that Liquibase made, up to 2026-11, have all of this: it changes nothing there.

-- One row. Every change locks it first, so changes are ordered and the serial has no gaps.
CREATE TABLE IF NOT EXISTS ledger (
  id            SMALLINT PRIMARY KEY CHECK (id = 1),
  uuid          UUID NOT NULL,
  serial        BIGINT NOT NULL,
  last_event    BIGINT NOT NULL,
  last_event_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  head          VARCHAR(64) NOT NULL
);

CREATE TABLE IF NOT EXISTS pool (
  name       VARCHAR(63) PRIMARY KEY,
  ordinal    INTEGER NOT NULL UNIQUE,
  id_count   BIGINT NOT NULL,
  strategy   VARCHAR(20) NOT NULL,
  uid_first  BIGINT NOT NULL,
  next_slot  BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS segment (
  pool       VARCHAR(63) NOT NULL REFERENCES pool (name),
  ordinal    INTEGER NOT NULL,
  first_id   BIGINT NOT NULL,
  last_id    BIGINT NOT NULL,
  PRIMARY KEY (pool, ordinal)
);

-- counts_for is the stable id of the owner whose allocation counts, NULL once superseded: an owner has one that counts.
CREATE TABLE IF NOT EXISTS allocation (
  id          UUID PRIMARY KEY,
  stable_id   VARCHAR(255) NOT NULL,
  counts_for  VARCHAR(255) UNIQUE,
  name        VARCHAR(256) NOT NULL,
  uid_number  BIGINT NOT NULL,
  gid_number  BIGINT NOT NULL,
  dn          VARCHAR(4000),
  pool        VARCHAR(63) REFERENCES pool (name),
  uid_start   BIGINT NOT NULL,
  uid_count   BIGINT NOT NULL,
  gid_start   BIGINT NOT NULL,
  gid_count   BIGINT NOT NULL,
  state       VARCHAR(12) NOT NULL,
  serial      BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS allocation_stable_id ON allocation (stable_id);
CREATE INDEX IF NOT EXISTS allocation_name ON allocation (name);
CREATE INDEX IF NOT EXISTS allocation_uid_number ON allocation (uid_number);
CREATE INDEX IF NOT EXISTS allocation_uid_start ON allocation (uid_start);

-- Every range ever granted, in both ID spaces. They never overlap, so the one that could overlap a new range is the last that starts at or before its end.
CREATE TABLE IF NOT EXISTS id_range (
  id_type       VARCHAR(6) NOT NULL,
  first_id      BIGINT NOT NULL,
  last_id       BIGINT NOT NULL,
  allocation_id UUID NOT NULL REFERENCES allocation (id),
  PRIMARY KEY (id_type, first_id),
  CHECK (first_id >= 0 AND last_id >= first_id)
);
CREATE INDEX IF NOT EXISTS id_range_downwards ON id_range (id_type, first_id DESC);

-- Ranges found in the directory that the ledger does not know. They may overlap each other: they are not ours to mend.
CREATE TABLE IF NOT EXISTS foreign_range (
  id_type    VARCHAR(6) NOT NULL,
  first_id   BIGINT NOT NULL,
  last_id    BIGINT NOT NULL,
  source     VARCHAR(4000) NOT NULL,
  PRIMARY KEY (id_type, first_id, last_id)
);

-- A slot is claimed by one allocation or blocked; the primary key is the first guard against a second claim.
CREATE TABLE IF NOT EXISTS slot (
  pool          VARCHAR(63) NOT NULL REFERENCES pool (name),
  slot          BIGINT NOT NULL,
  allocation_id UUID REFERENCES allocation (id),
  blocked_by    VARCHAR(4000),
  PRIMARY KEY (pool, slot),
  CHECK ((allocation_id IS NULL) <> (blocked_by IS NULL))
);

CREATE TABLE IF NOT EXISTS event (
  seq           BIGINT PRIMARY KEY,
  at            TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  kind          VARCHAR(20) NOT NULL,
  serial        BIGINT NOT NULL,
  allocation_id UUID,
  owner         VARCHAR(256),
  actor         VARCHAR(255) NOT NULL,
  request_id    VARCHAR(255),
  reason        VARCHAR(4000),
  state_before  VARCHAR,
  state_after   VARCHAR NOT NULL,
  previous_hash VARCHAR(64) NOT NULL,
  hash          VARCHAR(64) NOT NULL
);
CREATE INDEX IF NOT EXISTS event_allocation ON event (allocation_id, seq);
CREATE INDEX IF NOT EXISTS event_owner ON event (owner, seq);

-- The owners whose directory entries may not yet equal the ledger.
CREATE TABLE IF NOT EXISTS outbox (
  stable_id   VARCHAR(255) PRIMARY KEY,
  generation  BIGINT NOT NULL,
  attempts    INTEGER NOT NULL,
  since       TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX IF NOT EXISTS outbox_order ON outbox (attempts, generation);
