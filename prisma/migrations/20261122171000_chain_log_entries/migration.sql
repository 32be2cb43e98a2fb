-- Each entry of a bitácora carries a hash over itself and the entry before it, so that whoever changes stored rows behind
-- the application's back is found out. src/tickets/chain/seal.ts computes the same; a test compares the two.

-- The end of each ticket's chain: without it, removing the last entries would leave a shorter chain that is still right.
CREATE TABLE log_chains (
  ticket_number integer PRIMARY KEY REFERENCES tickets,
  entries integer NOT NULL CHECK (entries > 0),
  head bytea NOT NULL CHECK (octet_length(head) = 32)
) WITH (fillfactor = 80);

ALTER TABLE log_entries ADD COLUMN seq integer, ADD COLUMN hash bytea;

-- What is hashed of an entry; people by id, for names change. The text goes with its length and the changes come last, so
-- that no two entries give the same line.
CREATE FUNCTION log_entry_line(entry log_entries) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(E'\n', 'v1', entry.id, entry.ticket_number, entry.kind, entry.visibility,
    coalesce(entry.author_id::text, ''), entry.ticket_version,
    floor(extract(epoch FROM entry.created_at) * 1000)::bigint,
    octet_length(entry.text), entry.text, coalesce(entry.changes::text, ''))
$$;

-- What the first entry follows: the ticket's number, so that chains cannot change places.
CREATE FUNCTION log_chain_start(ticket_number integer) RETURNS bytea LANGUAGE sql IMMUTABLE
  RETURN sha256(convert_to('ticket ' || ticket_number, 'UTF8'));

CREATE FUNCTION log_chain_next(head bytea, line text) RETURNS bytea LANGUAGE sql IMMUTABLE
  RETURN sha256(head || convert_to(line, 'UTF8'));

-- What an installation already holds.
ALTER TABLE log_entries DISABLE TRIGGER log_entries_append_only;
DO $$
DECLARE
  entry log_entries;
  place integer;
  head bytea;
BEGIN
  FOR entry IN SELECT * FROM log_entries ORDER BY ticket_number, id LOOP
    SELECT entries, log_chains.head INTO place, head FROM log_chains WHERE ticket_number = entry.ticket_number;
    place := coalesce(place, 0) + 1;
    head := log_chain_next(coalesce(head, log_chain_start(entry.ticket_number)), log_entry_line(entry));
    UPDATE log_entries SET seq = place, hash = head WHERE id = entry.id;
    INSERT INTO log_chains VALUES (entry.ticket_number, place, head)
      ON CONFLICT (ticket_number) DO UPDATE SET entries = excluded.entries, head = excluded.head;
  END LOOP;
END $$;
ALTER TABLE log_entries ENABLE TRIGGER log_entries_append_only;

ALTER TABLE log_entries
  ALTER COLUMN seq SET NOT NULL, ADD CHECK (seq > 0),
  ALTER COLUMN hash SET NOT NULL, ADD CHECK (octet_length(hash) = 32);
CREATE UNIQUE INDEX log_entries_seq ON log_entries (ticket_number, seq);
-- The bitácora is read in the order of its chain.
DROP INDEX log_entries_ticket;

CREATE FUNCTION log_entries_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line text := log_entry_line(NEW);
BEGIN
  -- Entries of one ticket wait for each other, and for whoever changes the ticket, before any lock that two may share.
  PERFORM FROM tickets WHERE number = NEW.ticket_number FOR NO KEY UPDATE;
  INSERT INTO log_chains AS chain
    VALUES (NEW.ticket_number, 1, log_chain_next(log_chain_start(NEW.ticket_number), line))
    ON CONFLICT (ticket_number) DO UPDATE SET entries = chain.entries + 1, head = log_chain_next(chain.head, line)
    RETURNING chain.entries, chain.head INTO NEW.seq, NEW.hash;
  RETURN NEW;
END $$;
-- By its name it comes before log_entries_refuse_cancelled.
CREATE TRIGGER log_entries_1_seal BEFORE INSERT ON log_entries
  FOR EACH ROW EXECUTE FUNCTION log_entries_seal();

-- Only the trigger above writes here: within it the depth is not 0.
CREATE TRIGGER log_chains_written_by_seal BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON log_chains
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION log_entries_refuse_change();
