CREATE TYPE impediment_reason AS ENUM ('ESPERA_REFACCION', 'PROVEEDOR', 'RESPUESTA_SOLICITANTE', 'OTRA');

-- What stops the work on a ticket, from when to when.
CREATE TABLE impediments (
  id serial PRIMARY KEY,
  ticket_number integer NOT NULL REFERENCES tickets,
  reason impediment_reason NOT NULL,
  text text NOT NULL CHECK (btrim(text) <> '' AND char_length(text) <= 20000),
  opened_at timestamptz(3) NOT NULL,
  opened_by integer NOT NULL REFERENCES users,
  closed_at timestamptz(3),
  closed_by integer REFERENCES users,
  -- '' when it ended because its ticket did.
  closing_text text NOT NULL DEFAULT '' CHECK (char_length(closing_text) <= 20000),
  CONSTRAINT impediments_end_complete CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
  CONSTRAINT impediments_end_after_start CHECK (closed_at >= opened_at),
  CONSTRAINT impediments_text_at_end CHECK (closing_text = '' OR closed_at IS NOT NULL)
);
CREATE UNIQUE INDEX impediments_one_open ON impediments (ticket_number) WHERE closed_at IS NULL;
CREATE INDEX impediments_ticket ON impediments (ticket_number, opened_at);

-- Since when a ticket is impeded: kept with the ticket, so that lists and their branches need no join. A ticket that ends
-- with an open impediment is refused rather than mended here: only the action knows who ends it, and writes the bitácora.
ALTER TABLE tickets ADD COLUMN impeded_at timestamptz(3),
  ADD CONSTRAINT tickets_impeded_while_attended CHECK (impeded_at IS NULL OR status IN ('ASIGNADO', 'EN_PROCESO'));

CREATE FUNCTION impediments_mark_ticket() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tickets SET impeded_at = CASE WHEN NEW.closed_at IS NULL THEN NEW.opened_at END
    WHERE number = NEW.ticket_number AND status IN ('ASIGNADO', 'EN_PROCESO');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'ticket % is not being attended', NEW.ticket_number USING ERRCODE = 'TS001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER impediments_mark_ticket AFTER INSERT OR UPDATE ON impediments
  FOR EACH ROW EXECUTE FUNCTION impediments_mark_ticket();

-- An impediment is closed once; nothing else of it changes.
CREATE FUNCTION impediments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'impediments are kept' USING ERRCODE = 'TS003';
  END IF;
  IF OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
    OR (NEW.id, NEW.ticket_number, NEW.reason, NEW.text, NEW.opened_at, NEW.opened_by)
      IS DISTINCT FROM (OLD.id, OLD.ticket_number, OLD.reason, OLD.text, OLD.opened_at, OLD.opened_by) THEN
    RAISE EXCEPTION 'impediment % can only be closed, once', OLD.id USING ERRCODE = 'TS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER impediments_only_close BEFORE UPDATE ON impediments
  FOR EACH ROW EXECUTE FUNCTION impediments_refuse_change();
CREATE TRIGGER impediments_kept BEFORE DELETE OR TRUNCATE ON impediments
  FOR EACH STATEMENT EXECUTE FUNCTION impediments_refuse_change();

-- Only the trigger of impediments marks a ticket: within it the depth is not 0.
CREATE FUNCTION tickets_refuse_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ticket %: only an impediment marks it', NEW.number USING ERRCODE = 'TS001';
END $$;
CREATE TRIGGER tickets_3_mark_on_insert BEFORE INSERT ON tickets FOR EACH ROW
  WHEN (NEW.impeded_at IS NOT NULL) EXECUTE FUNCTION tickets_refuse_mark();
CREATE TRIGGER tickets_3_mark_on_update BEFORE UPDATE ON tickets FOR EACH ROW
  WHEN (NEW.impeded_at IS DISTINCT FROM OLD.impeded_at AND pg_trigger_depth() = 0)
  EXECUTE FUNCTION tickets_refuse_mark();

-- The page Con incidencias: one small index per clause of its scope, in the order of the list.
CREATE INDEX tickets_impeded ON tickets (created_at DESC, number DESC) WHERE impeded_at IS NOT NULL;
CREATE INDEX tickets_impeded_by_area ON tickets (area_id, created_at DESC, number DESC) WHERE impeded_at IS NOT NULL;
CREATE INDEX tickets_impeded_by_assignee ON tickets (assignee_id, created_at DESC, number DESC)
  WHERE impeded_at IS NOT NULL;
CREATE INDEX tickets_impeded_by_group ON tickets (assignee_group_id, created_at DESC, number DESC)
  WHERE impeded_at IS NOT NULL;
-- What the board counts of each state, in all areas or in some.
CREATE INDEX tickets_urgent ON tickets (status, area_id) WHERE priority = 'URGENTE';

-- Who has worked on a ticket, and when last: he keeps seeing it. Registering, giving it to somebody and re-classifying it are
-- not working on it: who leads a ticket to another area has nothing more to do with it.
CREATE TABLE ticket_attendants (
  ticket_number integer NOT NULL REFERENCES tickets,
  user_id integer NOT NULL REFERENCES users,
  last_at timestamptz(3) NOT NULL,
  PRIMARY KEY (ticket_number, user_id)
);
CREATE INDEX ticket_attendants_user ON ticket_attendants (user_id, last_at DESC, ticket_number DESC);

INSERT INTO ticket_attendants (ticket_number, user_id, last_at)
  SELECT e.ticket_number, e.author_id, max(e.created_at)
  FROM log_entries e JOIN users u ON u.id = e.author_id AND u.role <> 'USUARIO'
  WHERE e.kind NOT IN ('CREACION', 'IMPORTACION', 'ASIGNACION', 'RECLASIFICACION') GROUP BY 1, 2;

CREATE FUNCTION log_entries_note_attendant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ticket_attendants AS known (ticket_number, user_id, last_at)
    SELECT NEW.ticket_number, id, NEW.created_at FROM users WHERE id = NEW.author_id AND role <> 'USUARIO'
    ON CONFLICT (ticket_number, user_id) DO UPDATE SET last_at = greatest(known.last_at, excluded.last_at);
  RETURN NULL;
END $$;
CREATE TRIGGER log_entries_note_attendant AFTER INSERT ON log_entries FOR EACH ROW
  WHEN (NEW.author_id IS NOT NULL AND NEW.kind NOT IN ('CREACION', 'IMPORTACION', 'ASIGNACION', 'RECLASIFICACION'))
  EXECUTE FUNCTION log_entries_note_attendant();
