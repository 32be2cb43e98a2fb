-- A search asked an index that knew words alone: of a word in every fifth of a million tickets it gave all of them. Now the same
-- index knows when a ticket was registered, whose it is and how it stands, so that a search goes through time, period by period,
-- and each period costs what matches in it.

-- A kind and a number within it, as one number.
CREATE FUNCTION document_label(kind text, id integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN 100000000 * array_position('{area,assignee,assigneeGroup,requester,creator,attendant,status,category,kind,priority,impeded}'
    ::text[], kind) + id;

CREATE FUNCTION document_label(kind text, value anyenum) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT document_label(kind, array_position(enum_range(value), value)) $$;

-- Everything by which a ticket is looked for besides words and time. Each has 0; what nobody owns has the assignee 0.
CREATE FUNCTION document_labels(ticket tickets) RETURNS integer[] LANGUAGE sql STABLE AS $$
  SELECT array_remove(ARRAY[0, document_label('area', ticket.area_id),
      document_label('assignee', CASE WHEN ticket.assignee_group_id IS NULL THEN coalesce(ticket.assignee_id, 0)
        ELSE ticket.assignee_id END),
      document_label('assigneeGroup', ticket.assignee_group_id),
      document_label('requester', ticket.requester_id), document_label('creator', ticket.creator_id),
      document_label('status', ticket.status), document_label('category', ticket.category_id),
      (SELECT document_label('kind', kind) FROM categories WHERE id = ticket.category_id),
      document_label('priority', ticket.priority), CASE WHEN ticket.impeded_at IS NOT NULL THEN document_label('impeded', 1) END]
    || ARRAY(SELECT document_label('attendant', user_id) FROM ticket_attendants WHERE ticket_number = ticket.number), NULL)
$$;

-- The shortest periods have 9 hours, those of the next level four of them, and so on: level and count as one number.
CREATE FUNCTION document_period(at timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN floor(extract(epoch FROM at) / 32768)::integer;

CREATE FUNCTION document_periods(at timestamptz) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ARRAY[document_period(at), 100000000 + (document_period(at) >> 2), 200000000 + (document_period(at) >> 4),
    300000000 + (document_period(at) >> 6), 400000000 + (document_period(at) >> 8),
    500000000 + (document_period(at) >> 10)];

-- The table is written anew in one go, for which new types are the occasion: an UPDATE would leave it twice as large.
CREATE FUNCTION search_ticket(number integer) RETURNS tickets LANGUAGE sql STABLE
  AS $$ SELECT t FROM tickets t WHERE t.number = search_ticket.number $$;
DROP INDEX ticket_documents_everything;
ALTER TABLE ticket_documents ADD created_at timestamptz, ADD labels integer[];
ALTER TABLE ticket_documents
  ALTER created_at TYPE timestamptz(3) USING (search_ticket(ticket_number)).created_at, ALTER created_at SET NOT NULL,
  ALTER labels TYPE integer[] USING document_labels(search_ticket(ticket_number)), ALTER labels SET NOT NULL;
DROP FUNCTION search_ticket;
SET LOCAL maintenance_work_mem = '256MB';
-- Columns in the order in which a search asks them of each ticket. What is not yet in the index is read for each period anew:
-- there is next to nothing.
CREATE INDEX ticket_documents_found ON ticket_documents USING gin (document_periods(created_at), everything, labels)
  WITH (gin_pending_list_limit = 64);
ANALYZE ticket_documents;

CREATE OR REPLACE FUNCTION tickets_write_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The lock makes a new ticket and a new name of its requester wait for each other.
  PERFORM FROM users WHERE id IN (SELECT requester_id FROM written) ORDER BY id FOR SHARE;
  INSERT INTO ticket_documents (ticket_number, created_at, labels, everything)
    SELECT t.number, t.created_at, document_labels(t), search_vector(t.subject, 'A')
      || search_vector('de ' || t.description, 'B') || search_vector('de ' || u.name, 'C')
    FROM tickets t JOIN users u ON u.id = t.requester_id WHERE t.number IN (SELECT number FROM written);
  PERFORM search_learn(string_agg(t.subject || ' ' || t.description || ' ' || u.name, ' '))
    FROM written t JOIN users u ON u.id = t.requester_id GROUP BY t.number / 50;
  RETURN NULL;
END $$;

CREATE FUNCTION tickets_label_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ticket_documents SET labels = document_labels(NEW) WHERE ticket_number = NEW.number;
  RETURN NULL;
END $$;
CREATE TRIGGER tickets_label_documents AFTER UPDATE ON tickets FOR EACH ROW
  WHEN ((NEW.area_id, NEW.category_id, NEW.status, NEW.priority, NEW.requester_id, NEW.assignee_id, NEW.assignee_group_id,
      NEW.impeded_at IS NULL)
    IS DISTINCT FROM (OLD.area_id, OLD.category_id, OLD.status, OLD.priority, OLD.requester_id, OLD.assignee_id,
      OLD.assignee_group_id, OLD.impeded_at IS NULL))
  EXECUTE FUNCTION tickets_label_documents();

CREATE FUNCTION ticket_attendants_label_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ticket_documents SET labels = labels || document_label('attendant', NEW.user_id)
    WHERE ticket_number = NEW.ticket_number;
  RETURN NULL;
END $$;
CREATE TRIGGER ticket_attendants_label_documents AFTER INSERT ON ticket_attendants FOR EACH ROW
  EXECUTE FUNCTION ticket_attendants_label_documents();

CREATE FUNCTION categories_label_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ticket_documents SET labels = document_labels(t) FROM tickets t
    WHERE t.category_id = NEW.id AND ticket_number = t.number;
  RETURN NULL;
END $$;
CREATE TRIGGER categories_label_documents AFTER UPDATE ON categories FOR EACH ROW WHEN (NEW.kind <> OLD.kind)
  EXECUTE FUNCTION categories_label_documents();

/*
 * The newest (or oldest) tickets that match, `most` of them.
 * loose: what the index is asked for, without places of words; null: nothing
 * exact: what is then looked for in what may be read; null: `loose` says it all
 * inside: of tickets with one of these labels internal notes are read, too
 * required: labels that all have; one_of: of which each has one
 * newer, older: between these places, each a time and a number, or null
 * effort: after so many that only `loose` matches, a last row without a number tells how far it was searched
 * A period with more than enough is left for the last (or first) of its four parts; few in one make the next one larger. What the
 * planner expects decides where to begin, and how large a period may grow; it costs time when it is wrong, and nothing else.
 */
CREATE FUNCTION find_documents(loose tsquery, exact tsquery, inside integer[], required integer[], one_of integer[],
    newer_than timestamptz, newer_number integer, older_than timestamptz, older_number integer,
    oldest_first boolean, most integer, effort integer)
  RETURNS TABLE (number integer, created_at timestamptz, internal boolean) LANGUAGE plpgsql ROWS 100
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  first integer;
  last integer;
  at integer;
  plan json;
  expected float8;
  level integer := 0;
  highest integer := 5;
  period integer[];
  room integer;
  looked integer := 0;
  rows integer;
  numbers integer[];
  times timestamptz[];
  internals boolean[];
  found_numbers integer[] := '{}';
  found_times timestamptz[] := '{}';
  found_internals boolean[] := '{}';
BEGIN
  SELECT document_period(greatest(min(of_status.first), newer_than)), document_period(least(max(of_status.last), older_than))
    INTO first, last
    FROM unnest(enum_range(NULL::ticket_status)) status
    CROSS JOIN LATERAL (SELECT min(t.created_at) AS first, max(t.created_at) AS last FROM tickets t
      WHERE t.status = status.status) of_status;
  at := CASE WHEN oldest_first THEN first ELSE last END;
  IF loose IS NOT NULL THEN
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM ticket_documents WHERE everything @@ %L', loose) INTO plan;
    expected := (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
    level := CASE WHEN expected < 6000 THEN 5 ELSE 0 END;
    WHILE highest > 1 AND expected * (1 << 2 * highest) > 8000.0 * (last - first + 1) LOOP
      highest := highest - 1;
    END LOOP;
    level := least(level, highest);
  END IF;
  WHILE at BETWEEN first AND last AND cardinality(found_numbers) < most AND looked < coalesce(effort, looked + 1) LOOP
    period := ARRAY[100000000 * level + (at >> 2 * level)];
    room := CASE WHEN level > 0 THEN most - cardinality(found_numbers) + 100 END;
    IF loose IS NULL THEN
      SELECT count(*), array_agg(hit.ticket_number) FILTER (WHERE hit.fits), array_agg(hit.created_at) FILTER (WHERE hit.fits),
          array_agg(hit.internal) FILTER (WHERE hit.fits)
        INTO rows, numbers, times, internals
        FROM (SELECT d.ticket_number, d.created_at, d.labels && inside AS internal, exact IS NULL
            OR CASE WHEN d.labels && inside THEN d.everything ELSE coalesce(d.published, d.everything) END @@ exact AS fits
          FROM ticket_documents d
          WHERE document_periods(d.created_at) @> period
            AND d.labels @> required AND d.labels && one_of
            AND (newer_than IS NULL OR (d.created_at, d.ticket_number) > (newer_than, newer_number))
            AND (older_than IS NULL OR (d.created_at, d.ticket_number) < (older_than, older_number))
          LIMIT room) hit;
    ELSE
      SELECT count(*), array_agg(hit.ticket_number) FILTER (WHERE hit.fits), array_agg(hit.created_at) FILTER (WHERE hit.fits),
          array_agg(hit.internal) FILTER (WHERE hit.fits)
        INTO rows, numbers, times, internals
        FROM (SELECT d.ticket_number, d.created_at, d.labels && inside AS internal, exact IS NULL
            OR CASE WHEN d.labels && inside THEN d.everything ELSE coalesce(d.published, d.everything) END @@ exact AS fits
          FROM ticket_documents d
          WHERE document_periods(d.created_at) @> period AND d.everything @@ loose
            AND d.labels @> required AND d.labels && one_of
            AND (newer_than IS NULL OR (d.created_at, d.ticket_number) > (newer_than, newer_number))
            AND (older_than IS NULL OR (d.created_at, d.ticket_number) < (older_than, older_number))
          LIMIT room) hit;
    END IF;
    looked := looked + rows;
    IF rows >= room THEN
      level := level - 1;
      CONTINUE;
    END IF;
    found_numbers := found_numbers || numbers;
    found_times := found_times || times;
    found_internals := found_internals || internals;
    at := CASE WHEN oldest_first THEN ((at >> 2 * level) + 1) << 2 * level ELSE ((at >> 2 * level) << 2 * level) - 1 END;
    IF level < highest AND 4 * rows < 2 * most AND (CASE WHEN oldest_first THEN at ELSE at + 1 END) & ((4 << 2 * level) - 1) = 0 THEN
      level := level + 1;
    END IF;
  END LOOP;
  IF at BETWEEN first AND last AND cardinality(found_numbers) < most THEN
    RETURN QUERY SELECT NULL::integer, to_timestamp(32768.0 * CASE WHEN oldest_first THEN at ELSE at + 1 END), false;
  END IF;
  RETURN QUERY SELECT hit.number, hit.at, hit.internal
    FROM unnest(found_numbers, found_times, found_internals) hit(number, at, internal)
    ORDER BY CASE WHEN oldest_first THEN hit.at END, CASE WHEN oldest_first THEN hit.number END, hit.at DESC, hit.number DESC
    LIMIT most;
END $$;
