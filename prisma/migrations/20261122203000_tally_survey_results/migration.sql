-- The figures of the results, counted in the transaction that changes them. What they count never changes afterwards (invitations
-- only their status, responses and answers not at all), so that a tally is as true as its rows. Nobody can have been asked yet.

-- Nothing here refers to other tables: every value was copied from a row that does, and that stays.
CREATE TABLE survey_invitation_tallies (
  version_id integer NOT NULL,
  agent_id integer,
  slot timestamptz(3) NOT NULL,
  area_id integer NOT NULL,
  category_id integer NOT NULL,
  kind category_kind NOT NULL,
  -- Those that were cancelled are not counted.
  invited integer NOT NULL,
  -- None of an anonymous survey.
  answered integer NOT NULL
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX survey_invitation_tallies_cell ON survey_invitation_tallies
  (version_id, agent_id, slot, area_id, category_id, kind) NULLS NOT DISTINCT;

-- When an invitation was made, as exactly as it takes to tell its month in every time zone: where all agree on the month, its middle
-- stands for all of it; around the turn of the month, the quarter of an hour.
CREATE FUNCTION survey_slot(moment timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN date_trunc('month', moment - interval '12 hours', 'UTC') = date_trunc('month', moment + interval '14 hours', 'UTC')
    THEN date_trunc('month', moment, 'UTC') + interval '360 hours'
    ELSE date_bin('15 minutes', moment, 'epoch') END
$$;

CREATE FUNCTION survey_invitations_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Of an anonymous survey nobody's answering is counted: this row would bear the mark of the transaction that wrote the answer,
  -- and tell whose ticket it was about.
  IF TG_OP = 'UPDATE' AND NEW.status = 'CONTESTADA'
    AND (SELECT mode FROM survey_versions WHERE id = NEW.version_id) = 'ANONIMA' THEN
    RETURN NULL;
  END IF;
  INSERT INTO survey_invitation_tallies AS t
    (version_id, agent_id, slot, area_id, category_id, kind, invited, answered)
  VALUES (NEW.version_id, NEW.agent_id, survey_slot(NEW.created_at), NEW.area_id, NEW.category_id, NEW.kind,
    (NEW.status <> 'CANCELADA')::int - coalesce((OLD.status <> 'CANCELADA')::int, 0),
    (NEW.status = 'CONTESTADA')::int - coalesce((OLD.status = 'CONTESTADA')::int, 0))
  ON CONFLICT (version_id, agent_id, slot, area_id, category_id, kind)
    DO UPDATE SET invited = t.invited + excluded.invited, answered = t.answered + excluded.answered;
  RETURN NULL;
END $$;
CREATE TRIGGER survey_invitations_tally_new AFTER INSERT ON survey_invitations FOR EACH ROW
  EXECUTE FUNCTION survey_invitations_tally();
CREATE TRIGGER survey_invitations_tally_status AFTER UPDATE OF status ON survey_invitations FOR EACH ROW
  WHEN (NEW.status <> OLD.status)
  EXECUTE FUNCTION survey_invitations_tally();

CREATE TABLE survey_tallies (
  -- Not of an anonymous one.
  version_id integer NOT NULL,
  -- Null in the rows that count everybody's; whose is somebody's is counted there, too.
  agent_id integer,
  -- Null for responses.
  question_id integer,
  -- The option, the point of the scale, 1 or 0 for yes or no; null for how many answered the question at all.
  answer integer,
  month date NOT NULL,
  area_id integer NOT NULL,
  category_id integer NOT NULL,
  kind category_kind NOT NULL,
  count integer NOT NULL
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX survey_tallies_cell ON survey_tallies
  (version_id, agent_id, question_id, answer, month, area_id, category_id, kind) NULLS NOT DISTINCT;

-- Of anonymous surveys, where all counts of a month and category are read together.
CREATE TABLE survey_anonymous_tallies (
  version_id integer NOT NULL,
  month date NOT NULL,
  area_id integer NOT NULL,
  category_id integer NOT NULL,
  kind category_kind NOT NULL,
  -- "0": responses; "7": how many answered question 7 at all; "7:3": how many answered 3, as in survey_tallies.
  counts jsonb NOT NULL,
  PRIMARY KEY (version_id, month, area_id, category_id, kind)
);

CREATE FUNCTION survey_counts_sum(one jsonb, other jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_object_agg(key, count) FROM (
    SELECT key, sum(value::int) AS count FROM (SELECT * FROM jsonb_each_text(one) UNION ALL SELECT * FROM jsonb_each_text(other)) each
    GROUP BY key) summed
$$;

-- What is tallied is sorted, so that of two transactions at once one waits for the other.
CREATE FUNCTION survey_responses_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO survey_tallies AS t (version_id, agent_id, question_id, answer, month, area_id, category_id, kind, count)
  SELECT f.version_id, whose.agent_id, NULL, NULL, f.month, f.area_id, f.category_id, f.kind, count(*)
    FROM fresh f CROSS JOIN LATERAL (SELECT NULL::int UNION SELECT f.agent_id) whose (agent_id)
    WHERE f.mode <> 'ANONIMA'
    GROUP BY 1, 2, 5, 6, 7, 8 ORDER BY 1, 2, 5, 6, 7, 8
  ON CONFLICT (version_id, agent_id, question_id, answer, month, area_id, category_id, kind)
    DO UPDATE SET count = t.count + excluded.count;
  INSERT INTO survey_anonymous_tallies AS c (version_id, month, area_id, category_id, kind, counts)
  SELECT version_id, month, area_id, category_id, kind, jsonb_build_object('0', count(*))
    FROM fresh WHERE mode = 'ANONIMA' GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (version_id, month, area_id, category_id, kind)
    DO UPDATE SET counts = survey_counts_sum(c.counts, excluded.counts);
  RETURN NULL;
END $$;
CREATE TRIGGER survey_responses_tally AFTER INSERT ON survey_responses REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
  EXECUTE FUNCTION survey_responses_tally();

CREATE FUNCTION survey_answers_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH given AS (
    SELECT response_id, question_id, coalesce(option_id, scale, yes::int) AS answer FROM fresh WHERE text IS NULL
    UNION ALL
    -- Several choices answer a question once, also when they come one by one.
    SELECT response_id, question_id, NULL FROM fresh f GROUP BY 1, 2
      HAVING count(*) = (SELECT count(*) FROM survey_answers a
        WHERE a.response_id = f.response_id AND a.question_id = f.question_id)
  ), named AS (
    INSERT INTO survey_tallies AS t (version_id, agent_id, question_id, answer, month, area_id, category_id, kind, count)
    SELECT r.version_id, whose.agent_id, g.question_id, g.answer, r.month, r.area_id, r.category_id, r.kind, count(*)
      FROM given g JOIN survey_responses r ON r.id = g.response_id
      CROSS JOIN LATERAL (SELECT NULL::int UNION SELECT r.agent_id) whose (agent_id)
      WHERE r.mode <> 'ANONIMA'
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
    ON CONFLICT (version_id, agent_id, question_id, answer, month, area_id, category_id, kind)
      DO UPDATE SET count = t.count + excluded.count
  )
  INSERT INTO survey_anonymous_tallies AS c (version_id, month, area_id, category_id, kind, counts)
  SELECT version_id, month, area_id, category_id, kind, jsonb_object_agg(key, count) FROM (
      SELECT r.version_id, r.month, r.area_id, r.category_id, r.kind, concat_ws(':', g.question_id, g.answer) AS key, count(*) AS count
        FROM given g JOIN survey_responses r ON r.id = g.response_id
        WHERE r.mode = 'ANONIMA' GROUP BY 1, 2, 3, 4, 5, 6
    ) keyed GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (version_id, month, area_id, category_id, kind)
    DO UPDATE SET counts = survey_counts_sum(c.counts, excluded.counts);
  RETURN NULL;
END $$;
CREATE TRIGGER survey_answers_tally AFTER INSERT ON survey_answers REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
  EXECUTE FUNCTION survey_answers_tally();

-- By time, of everybody or of one agent; free texts in the order of their ids, which tells nothing.
CREATE INDEX survey_responses_time ON survey_responses (version_id, answered_at, id)
  INCLUDE (area_id, category_id, kind, agent_id, month);
CREATE INDEX survey_responses_agent ON survey_responses (version_id, agent_id, answered_at, id);
CREATE INDEX survey_answers_texts ON survey_answers (question_id, id) WHERE text IS NOT NULL;
