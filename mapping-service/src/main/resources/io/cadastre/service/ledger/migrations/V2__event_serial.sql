-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- What changed since a serial is asked for by every node.
CREATE INDEX IF NOT EXISTS event_serial ON event (serial, seq);
