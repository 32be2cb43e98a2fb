CREATE TYPE survey_scope AS ENUM ('TODO', 'TIPO', 'AREA', 'CATEGORIA');
CREATE TYPE survey_mode AS ENUM ('NOMINAL', 'CONFIDENCIAL', 'ANONIMA');
CREATE TYPE question_kind AS ENUM ('OPCION', 'VARIAS', 'ESCALA', 'SI_NO', 'TEXTO');
CREATE TYPE invitation_status AS ENUM ('ABIERTA', 'CONTESTADA', 'CANCELADA');

ALTER TABLE settings ADD COLUMN survey_days integer NOT NULL DEFAULT 14 CHECK (survey_days BETWEEN 1 AND 365);

-- What a survey is for; what it asks is in its versions.
CREATE TABLE surveys (
  id serial PRIMARY KEY,
  scope survey_scope NOT NULL,
  kind category_kind,
  area_id integer REFERENCES areas,
  category_id integer REFERENCES categories,
  active boolean NOT NULL DEFAULT false,
  -- Grows with every change of the survey or its draft; forms carry it.
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT surveys_scope_complete CHECK (
    (scope = 'TIPO') = (kind IS NOT NULL) AND (scope = 'AREA') = (area_id IS NOT NULL)
    AND (scope = 'CATEGORIA') = (category_id IS NOT NULL))
);
-- Of two for the same thing nobody could say which one applies.
CREATE UNIQUE INDEX surveys_one_active ON surveys (scope, kind, area_id, category_id) NULLS NOT DISTINCT WHERE active;

CREATE TABLE survey_versions (
  id serial PRIMARY KEY,
  survey_id integer NOT NULL REFERENCES surveys,
  number integer NOT NULL CHECK (number > 0),
  title text NOT NULL CHECK (btrim(title) <> ''),
  introduction text NOT NULL DEFAULT '',
  thanks text NOT NULL DEFAULT '',
  mode survey_mode NOT NULL DEFAULT 'NOMINAL',
  -- Null for the draft.
  published_at timestamptz(3),
  UNIQUE (survey_id, number),
  UNIQUE (id, mode)
);
CREATE UNIQUE INDEX survey_versions_one_draft ON survey_versions (survey_id) WHERE published_at IS NULL;

CREATE TABLE survey_questions (
  id serial PRIMARY KEY,
  version_id integer NOT NULL REFERENCES survey_versions ON DELETE CASCADE,
  position integer NOT NULL,
  kind question_kind NOT NULL,
  text text NOT NULL CHECK (btrim(text) <> ''),
  required boolean NOT NULL DEFAULT false,
  main_score boolean NOT NULL DEFAULT false,
  UNIQUE (version_id, position) DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (id, version_id),
  CONSTRAINT survey_questions_score_is_scale CHECK (NOT main_score OR kind = 'ESCALA')
);
CREATE UNIQUE INDEX survey_questions_one_score ON survey_questions (version_id) WHERE main_score;

CREATE TABLE survey_options (
  id serial PRIMARY KEY,
  question_id integer NOT NULL REFERENCES survey_questions ON DELETE CASCADE,
  position integer NOT NULL,
  text text NOT NULL CHECK (btrim(text) <> ''),
  UNIQUE (question_id, position) DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (id, question_id)
);

-- What was published is what people answered: it never changes. TS006 is ours, see src/web/errors.ts.
CREATE FUNCTION survey_versions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'version % of a survey is published', OLD.id USING ERRCODE = 'TS006';
END $$;
CREATE TRIGGER survey_versions_stay BEFORE UPDATE OR DELETE ON survey_versions FOR EACH ROW
  WHEN (OLD.published_at IS NOT NULL)
  EXECUTE FUNCTION survey_versions_refuse_change();

CREATE FUNCTION survey_questions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE version integer := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
  -- The lock makes editing and publishing at the same moment wait for each other.
  IF (SELECT published_at FROM survey_versions WHERE id = version FOR SHARE) IS NOT NULL
    OR (TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id) THEN
    RAISE EXCEPTION 'version % of a survey is published', version USING ERRCODE = 'TS006';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER survey_questions_stay BEFORE INSERT OR UPDATE OR DELETE ON survey_questions
  FOR EACH ROW EXECUTE FUNCTION survey_questions_refuse_change();

CREATE FUNCTION survey_options_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE question integer := CASE WHEN TG_OP = 'DELETE' THEN OLD.question_id ELSE NEW.question_id END;
BEGIN
  IF (SELECT v.published_at FROM survey_versions v JOIN survey_questions q ON q.version_id = v.id
      WHERE q.id = question FOR SHARE OF v) IS NOT NULL
    OR (TG_OP = 'UPDATE' AND NEW.question_id <> OLD.question_id) THEN
    RAISE EXCEPTION 'question % of a survey is published', question USING ERRCODE = 'TS006';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER survey_options_stay BEFORE INSERT OR UPDATE OR DELETE ON survey_options
  FOR EACH ROW EXECUTE FUNCTION survey_options_refuse_change();

-- That somebody is asked, with everything that the figures need as it was when the ticket was finished.
CREATE TABLE survey_invitations (
  id serial PRIMARY KEY,
  version_id integer NOT NULL REFERENCES survey_versions,
  ticket_number integer NOT NULL REFERENCES tickets,
  -- Who created the ticket.
  person_id integer NOT NULL REFERENCES users,
  agent_id integer REFERENCES users,
  group_id integer REFERENCES groups,
  area_id integer NOT NULL REFERENCES areas,
  category_id integer NOT NULL REFERENCES categories,
  kind category_kind NOT NULL,
  -- One whose time is over stays ABIERTA; expires_at tells.
  status invitation_status NOT NULL DEFAULT 'ABIERTA',
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX survey_invitations_one_open ON survey_invitations (ticket_number) WHERE status = 'ABIERTA';
CREATE UNIQUE INDEX survey_invitations_one_answered ON survey_invitations (ticket_number) WHERE status = 'CONTESTADA';
CREATE INDEX survey_invitations_person ON survey_invitations (person_id, status, created_at DESC, id DESC);
CREATE INDEX survey_invitations_version ON survey_invitations (version_id, created_at);

-- One answered survey. An anonymous one has no path to a person or a ticket: no invitation, no agent, no time but the month,
-- and an id that tells no order.
CREATE TABLE survey_responses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  version_id integer NOT NULL,
  mode survey_mode NOT NULL,
  area_id integer NOT NULL REFERENCES areas,
  category_id integer NOT NULL REFERENCES categories,
  kind category_kind NOT NULL,
  -- The first day of the month.
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  invitation_id integer UNIQUE REFERENCES survey_invitations,
  agent_id integer REFERENCES users,
  group_id integer REFERENCES groups,
  answered_at timestamptz(3),
  UNIQUE (id, version_id),
  FOREIGN KEY (version_id, mode) REFERENCES survey_versions (id, mode),
  CONSTRAINT survey_responses_anonymous_is_anonymous CHECK (CASE WHEN mode = 'ANONIMA'
    THEN invitation_id IS NULL AND agent_id IS NULL AND group_id IS NULL AND answered_at IS NULL
    ELSE invitation_id IS NOT NULL AND answered_at IS NOT NULL END)
);

CREATE TABLE survey_answers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  response_id uuid NOT NULL,
  question_id integer NOT NULL,
  version_id integer NOT NULL,
  option_id integer,
  scale smallint CHECK (scale BETWEEN 1 AND 5),
  yes boolean,
  text text CHECK (btrim(text) <> ''),
  -- Several choices are several rows.
  UNIQUE NULLS NOT DISTINCT (response_id, question_id, option_id),
  FOREIGN KEY (response_id, version_id) REFERENCES survey_responses (id, version_id),
  FOREIGN KEY (question_id, version_id) REFERENCES survey_questions (id, version_id),
  FOREIGN KEY (option_id, question_id) REFERENCES survey_options (id, question_id),
  CONSTRAINT survey_answers_say_one_thing CHECK (num_nonnulls(option_id, scale, yes, text) = 1)
);

-- TS008: answers are given once and for all.
CREATE FUNCTION survey_responses_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'answers of a survey never change' USING ERRCODE = 'TS008';
END $$;
CREATE TRIGGER survey_responses_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON survey_responses
  FOR EACH STATEMENT EXECUTE FUNCTION survey_responses_refuse_change();
CREATE TRIGGER survey_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON survey_answers
  FOR EACH STATEMENT EXECUTE FUNCTION survey_responses_refuse_change();

-- The published version that a ticket of this category gets: of the most specific active survey; null when none applies.
CREATE FUNCTION survey_version_for(category integer) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT v.id FROM categories c
    JOIN surveys s ON s.active AND (s.scope = 'TODO' OR s.kind = c.kind OR s.area_id = c.area_id OR s.category_id = c.id)
    CROSS JOIN LATERAL (SELECT id FROM survey_versions
      WHERE survey_id = s.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1) v
    WHERE c.id = category
    ORDER BY s.scope DESC LIMIT 1
$$;

-- Invitations follow the bitácora, in its transaction: tickets know nothing of surveys.
CREATE FUNCTION log_entries_invite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'REAPERTURA' THEN
    UPDATE survey_invitations SET status = 'CANCELADA' WHERE ticket_number = NEW.ticket_number AND status = 'ABIERTA';
    RETURN NULL;
  END IF;
  INSERT INTO survey_invitations
    (version_id, ticket_number, person_id, agent_id, group_id, area_id, category_id, kind, created_at, expires_at)
  SELECT survey_version_for(t.category_id), t.number, t.creator_id, t.assignee_id, t.assignee_group_id, t.area_id,
      t.category_id, c.kind, NEW.created_at, NEW.created_at + make_interval(days => s.survey_days)
    FROM tickets t JOIN categories c ON c.id = t.category_id CROSS JOIN settings s
    WHERE t.number = NEW.ticket_number AND t.creator_id IS DISTINCT FROM NEW.author_id
      AND survey_version_for(t.category_id) IS NOT NULL
      AND NOT EXISTS (SELECT FROM survey_invitations WHERE ticket_number = t.number AND status = 'CONTESTADA');
  RETURN NULL;
END $$;
CREATE TRIGGER log_entries_invite AFTER INSERT ON log_entries FOR EACH ROW
  WHEN (NEW.kind IN ('FINALIZACION', 'REAPERTURA'))
  EXECUTE FUNCTION log_entries_invite();
