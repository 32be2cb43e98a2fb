CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

-- Names are unique without regard to case, accents and spacing: "Redes", " redes" and "Rédes" are one name.
CREATE FUNCTION normalized_name(name text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, btrim(regexp_replace(name, '\s+', ' ', 'g'))));

CREATE TYPE role AS ENUM ('ADMINISTRADOR', 'SUPERVISOR', 'AGENTE', 'USUARIO');
CREATE TYPE user_kind AS ENUM ('CLIENTE', 'EMPLEADO');
CREATE TYPE category_kind AS ENUM ('PROBLEMA', 'REQUERIMIENTO');
CREATE TYPE audience AS ENUM ('TODOS', 'EMPLEADOS');
CREATE TYPE priority AS ENUM ('BAJA', 'MEDIA', 'ALTA', 'URGENTE');
CREATE TYPE ticket_status AS ENUM ('REGISTRADO', 'ASIGNADO', 'EN_PROCESO', 'FINALIZADO', 'CANCELADO');
CREATE TYPE log_entry_kind AS ENUM
  ('CREACION', 'IMPORTACION', 'ASIGNACION', 'INICIO', 'COMENTARIO', 'FINALIZACION', 'CANCELACION', 'REAPERTURA');
CREATE TYPE log_visibility AS ENUM ('PUBLICA', 'INTERNA');
CREATE TYPE permission_effect AS ENUM ('CONCEDER', 'DENEGAR');

CREATE TABLE settings (
  id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  organization_name text NOT NULL CHECK (btrim(organization_name) <> ''),
  demonstration boolean NOT NULL DEFAULT false,
  reopen_days integer NOT NULL DEFAULT 7 CHECK (reopen_days BETWEEN 0 AND 365)
);
INSERT INTO settings (organization_name) VALUES ('Tickets de Soporte');

CREATE TABLE organizations (
  id serial PRIMARY KEY,
  name text NOT NULL CHECK (btrim(name) <> '')
);
CREATE UNIQUE INDEX organizations_name ON organizations (normalized_name(name));

CREATE TABLE users (
  id serial PRIMARY KEY,
  name text NOT NULL CHECK (btrim(name) <> ''),
  email text CHECK (email = lower(btrim(email)) AND email LIKE '%_@_%'),
  password_hash text,
  role role NOT NULL,
  kind user_kind,
  active boolean NOT NULL DEFAULT true,
  organization_id integer REFERENCES organizations,
  external_reference text UNIQUE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT users_kind_belongs_to_usuario CHECK ((role = 'USUARIO') = (kind IS NOT NULL)),
  CONSTRAINT users_can_be_told_apart CHECK (email IS NOT NULL OR external_reference IS NOT NULL),
  CONSTRAINT users_sign_in_by_email CHECK (password_hash IS NULL OR email IS NOT NULL)
);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_organization ON users (organization_id) WHERE organization_id IS NOT NULL;

CREATE TABLE user_permissions (
  user_id integer NOT NULL REFERENCES users,
  permission text NOT NULL,
  effect permission_effect NOT NULL,
  PRIMARY KEY (user_id, permission)
);

CREATE TABLE areas (
  id serial PRIMARY KEY,
  name text NOT NULL CHECK (btrim(name) <> ''),
  active boolean NOT NULL DEFAULT true
);
CREATE UNIQUE INDEX areas_name ON areas (normalized_name(name));

CREATE TABLE area_members (
  area_id integer NOT NULL REFERENCES areas,
  user_id integer NOT NULL REFERENCES users,
  PRIMARY KEY (area_id, user_id)
);
CREATE INDEX area_members_user ON area_members (user_id);

CREATE TABLE groups (
  id serial PRIMARY KEY,
  area_id integer NOT NULL REFERENCES areas,
  name text NOT NULL CHECK (btrim(name) <> ''),
  active boolean NOT NULL DEFAULT true,
  UNIQUE (id, area_id)
);
CREATE UNIQUE INDEX groups_name ON groups (area_id, normalized_name(name));

CREATE TABLE group_members (
  group_id integer NOT NULL,
  user_id integer NOT NULL,
  area_id integer NOT NULL,
  PRIMARY KEY (group_id, user_id),
  FOREIGN KEY (group_id, area_id) REFERENCES groups (id, area_id),
  FOREIGN KEY (area_id, user_id) REFERENCES area_members (area_id, user_id)
);
CREATE INDEX group_members_member ON group_members (area_id, user_id);

CREATE TABLE categories (
  id serial PRIMARY KEY,
  area_id integer NOT NULL REFERENCES areas,
  kind category_kind NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  active boolean NOT NULL DEFAULT true,
  audience audience NOT NULL DEFAULT 'TODOS',
  default_priority priority NOT NULL DEFAULT 'MEDIA',
  default_group_id integer,
  UNIQUE (id, area_id),
  FOREIGN KEY (default_group_id, area_id) REFERENCES groups (id, area_id)
);
CREATE UNIQUE INDEX categories_name ON categories (area_id, kind, normalized_name(name));

CREATE TABLE tickets (
  number serial PRIMARY KEY,
  area_id integer NOT NULL REFERENCES areas,
  category_id integer NOT NULL,
  priority priority NOT NULL,
  status ticket_status NOT NULL DEFAULT 'REGISTRADO',
  subject text NOT NULL CHECK (btrim(subject) <> '' AND char_length(subject) <= 150),
  description text NOT NULL CHECK (btrim(description) <> '' AND char_length(description) <= 20000),
  requester_id integer NOT NULL REFERENCES users,
  creator_id integer NOT NULL REFERENCES users,
  assignee_id integer REFERENCES users,
  assignee_group_id integer,
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  created_at timestamptz(3) NOT NULL,
  last_activity_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  reopened_count integer NOT NULL DEFAULT 0,
  origin_system text,
  origin_reference text,
  CONSTRAINT tickets_category_of_area FOREIGN KEY (category_id, area_id) REFERENCES categories (id, area_id),
  CONSTRAINT tickets_group_of_area FOREIGN KEY (assignee_group_id, area_id) REFERENCES groups (id, area_id),
  CONSTRAINT tickets_owner_by_status CHECK (CASE
    WHEN status = 'REGISTRADO' THEN assignee_id IS NULL AND assignee_group_id IS NULL
    WHEN status IN ('ASIGNADO', 'EN_PROCESO') THEN assignee_id IS NOT NULL OR assignee_group_id IS NOT NULL
    ELSE true END),
  CONSTRAINT tickets_closed_at_by_status CHECK ((status IN ('FINALIZADO', 'CANCELADO')) = (closed_at IS NOT NULL)),
  CONSTRAINT tickets_origin_complete CHECK ((origin_system IS NULL) = (origin_reference IS NULL))
);
-- An import that is run again finds its tickets by this.
CREATE UNIQUE INDEX tickets_origin ON tickets (origin_system, origin_reference) WHERE origin_system IS NOT NULL;
-- One index per clause of visibleTo, in the order of the lists.
CREATE INDEX tickets_by_status ON tickets (status, created_at DESC, number DESC);
CREATE INDEX tickets_by_area ON tickets (area_id, status, created_at DESC, number DESC);
CREATE INDEX tickets_by_assignee ON tickets (assignee_id, status, created_at DESC, number DESC)
  WHERE assignee_id IS NOT NULL;
CREATE INDEX tickets_by_group ON tickets (assignee_group_id, status, created_at DESC, number DESC)
  WHERE assignee_group_id IS NOT NULL;
CREATE INDEX tickets_by_requester ON tickets (requester_id, created_at DESC, number DESC);
CREATE INDEX tickets_by_creator ON tickets (creator_id, created_at DESC, number DESC);
CREATE INDEX tickets_by_category ON tickets (category_id, status, created_at DESC, number DESC);

CREATE TABLE log_entries (
  id serial PRIMARY KEY,
  ticket_number integer NOT NULL REFERENCES tickets,
  kind log_entry_kind NOT NULL,
  visibility log_visibility NOT NULL DEFAULT 'PUBLICA',
  author_id integer REFERENCES users,
  text text NOT NULL DEFAULT '' CHECK (char_length(text) <= 20000),
  changes jsonb,
  -- The ticket's version once this entry was written: a stale form's version tells which entries it has not seen.
  ticket_version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT log_entries_comment_says_something CHECK (kind <> 'COMENTARIO' OR btrim(text) <> ''),
  CONSTRAINT log_entries_steps_are_public CHECK (kind = 'COMENTARIO' OR visibility = 'PUBLICA'),
  CONSTRAINT log_entries_author_known CHECK (author_id IS NOT NULL OR kind = 'IMPORTACION')
);
CREATE INDEX log_entries_ticket ON log_entries (ticket_number, id);
CREATE INDEX log_entries_author ON log_entries (author_id, id) WHERE author_id IS NOT NULL;
-- A ticket is born once and cancelled once.
CREATE UNIQUE INDEX log_entries_once ON log_entries (ticket_number, kind)
  WHERE kind IN ('CREACION', 'IMPORTACION', 'CANCELACION');

-- The database's copy of the transition table of src/tickets/states.ts; a test compares the two.
CREATE TABLE ticket_transitions (
  id integer PRIMARY KEY,
  from_status ticket_status,
  action text NOT NULL,
  to_status ticket_status NOT NULL,
  UNIQUE NULLS NOT DISTINCT (from_status, action)
);
INSERT INTO ticket_transitions (id, from_status, action, to_status) VALUES
  (1, NULL, 'crear', 'REGISTRADO'),
  (2, 'REGISTRADO', 'asignar', 'ASIGNADO'),
  (3, 'ASIGNADO', 'reasignar', 'ASIGNADO'),
  (4, 'EN_PROCESO', 'reasignar', 'ASIGNADO'),
  (5, 'ASIGNADO', 'iniciar', 'EN_PROCESO'),
  (6, 'REGISTRADO', 'cancelar', 'CANCELADO'),
  (7, 'ASIGNADO', 'cancelar', 'CANCELADO'),
  (8, 'EN_PROCESO', 'cancelar', 'CANCELADO'),
  (9, 'ASIGNADO', 'finalizar', 'FINALIZADO'),
  (10, 'EN_PROCESO', 'finalizar', 'FINALIZADO'),
  (11, 'FINALIZADO', 'reabrir', 'EN_PROCESO');

-- SQLSTATEs of our own, which src/web/errors.ts translates: TS001 illegal step, TS002 illegal owner,
-- TS003 the bitácora is append-only, TS004 somebody still owns open tickets.

CREATE FUNCTION tickets_refuse_illegal_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- Only a ticket from another system may enter at another state than the first.
    IF NEW.origin_system IS NULL AND NOT EXISTS
      (SELECT FROM ticket_transitions WHERE from_status IS NULL AND to_status = NEW.status) THEN
      RAISE EXCEPTION 'a new ticket cannot be %', NEW.status USING ERRCODE = 'TS001';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.status = 'CANCELADO' THEN
    RAISE EXCEPTION 'ticket % is cancelled and final', OLD.number USING ERRCODE = 'TS001';
  END IF;
  IF (NEW.number, NEW.creator_id, NEW.created_at, NEW.description, NEW.origin_system, NEW.origin_reference)
    IS DISTINCT FROM
    (OLD.number, OLD.creator_id, OLD.created_at, OLD.description, OLD.origin_system, OLD.origin_reference) THEN
    RAISE EXCEPTION 'what ticket % was born with cannot change', OLD.number USING ERRCODE = 'TS001';
  END IF;
  IF (NEW.status, NEW.assignee_id, NEW.assignee_group_id)
    IS DISTINCT FROM (OLD.status, OLD.assignee_id, OLD.assignee_group_id)
    AND NOT EXISTS
      (SELECT FROM ticket_transitions WHERE from_status = OLD.status AND to_status = NEW.status) THEN
    RAISE EXCEPTION 'ticket %: no step from % to %', OLD.number, OLD.status, NEW.status USING ERRCODE = 'TS001';
  END IF;
  IF (NEW.status, NEW.assignee_id, NEW.assignee_group_id, NEW.area_id, NEW.category_id, NEW.priority, NEW.subject,
      NEW.requester_id)
    IS DISTINCT FROM
    (OLD.status, OLD.assignee_id, OLD.assignee_group_id, OLD.area_id, OLD.category_id, OLD.priority, OLD.subject,
      OLD.requester_id) THEN
    IF NEW.status = OLD.status AND OLD.status = 'FINALIZADO' THEN
      RAISE EXCEPTION 'ticket % is finished', OLD.number USING ERRCODE = 'TS001';
    END IF;
    -- Without this, a write that forgets the version would make stale forms pass.
    IF NEW.version <> OLD.version + 1 THEN
      RAISE EXCEPTION 'ticket %: a change must raise the version by one', OLD.number USING ERRCODE = 'TS001';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tickets_1_step BEFORE INSERT OR UPDATE ON tickets
  FOR EACH ROW EXECUTE FUNCTION tickets_refuse_illegal_step();

-- The share locks make assigning and deactivating wait for each other; users_keep_owners looks from the other side.
CREATE FUNCTION tickets_refuse_illegal_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.assignee_id IS NOT NULL THEN
    PERFORM FROM users u JOIN area_members m ON m.user_id = u.id
      WHERE u.id = NEW.assignee_id AND u.active AND u.role <> 'USUARIO' AND m.area_id = NEW.area_id
      FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'ticket %: user % is not an active employee of area %', NEW.number, NEW.assignee_id, NEW.area_id
        USING ERRCODE = 'TS002';
    END IF;
  END IF;
  IF NEW.assignee_group_id IS NOT NULL THEN
    PERFORM FROM groups WHERE id = NEW.assignee_group_id AND active AND area_id = NEW.area_id FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'ticket %: group % is not an active group of area %', NEW.number, NEW.assignee_group_id,
        NEW.area_id USING ERRCODE = 'TS002';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tickets_2_owner_on_insert BEFORE INSERT ON tickets FOR EACH ROW
  WHEN (NEW.status IN ('ASIGNADO', 'EN_PROCESO'))
  EXECUTE FUNCTION tickets_refuse_illegal_owner();
CREATE TRIGGER tickets_2_owner_on_update BEFORE UPDATE ON tickets FOR EACH ROW
  WHEN (NEW.status IN ('ASIGNADO', 'EN_PROCESO') AND
    (NEW.status, NEW.area_id, NEW.assignee_id, NEW.assignee_group_id) IS DISTINCT FROM
    (OLD.status, OLD.area_id, OLD.assignee_id, OLD.assignee_group_id))
  EXECUTE FUNCTION tickets_refuse_illegal_owner();

CREATE FUNCTION users_keep_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM tickets WHERE assignee_id = NEW.id AND status IN ('ASIGNADO', 'EN_PROCESO')) THEN
    RAISE EXCEPTION 'user % still owns open tickets', NEW.id USING ERRCODE = 'TS004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER users_keep_owners AFTER UPDATE ON users FOR EACH ROW
  WHEN ((OLD.active AND NOT NEW.active) OR (OLD.role <> 'USUARIO' AND NEW.role = 'USUARIO'))
  EXECUTE FUNCTION users_keep_owners();

CREATE FUNCTION area_members_keep_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM tickets WHERE assignee_id = OLD.user_id AND area_id = OLD.area_id
    AND status IN ('ASIGNADO', 'EN_PROCESO')) THEN
    RAISE EXCEPTION 'user % still owns open tickets of area %', OLD.user_id, OLD.area_id USING ERRCODE = 'TS004';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER area_members_keep_owners AFTER DELETE OR UPDATE ON area_members
  FOR EACH ROW EXECUTE FUNCTION area_members_keep_owners();

CREATE FUNCTION groups_keep_owners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM tickets WHERE assignee_group_id = NEW.id AND status IN ('ASIGNADO', 'EN_PROCESO')) THEN
    RAISE EXCEPTION 'group % still owns open tickets', NEW.id USING ERRCODE = 'TS004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER groups_keep_owners AFTER UPDATE ON groups FOR EACH ROW
  WHEN (OLD.active AND NOT NEW.active)
  EXECUTE FUNCTION groups_keep_owners();

CREATE FUNCTION log_entries_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the bitácora is append-only' USING ERRCODE = 'TS003';
END $$;
CREATE TRIGGER log_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_entries
  FOR EACH STATEMENT EXECUTE FUNCTION log_entries_refuse_change();

-- A cancelled ticket takes no entry but the one that says that it was cancelled (log_entries_once) or imported so.
CREATE FUNCTION log_entries_refuse_cancelled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The lock makes an entry and a cancellation at the same moment wait for each other.
  IF (SELECT status FROM tickets WHERE number = NEW.ticket_number FOR SHARE) = 'CANCELADO' THEN
    RAISE EXCEPTION 'ticket % is cancelled and final', NEW.ticket_number USING ERRCODE = 'TS001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER log_entries_refuse_cancelled BEFORE INSERT ON log_entries FOR EACH ROW
  WHEN (NEW.kind NOT IN ('CANCELACION', 'IMPORTACION'))
  EXECUTE FUNCTION log_entries_refuse_cancelled();

CREATE TABLE sign_in_attempts (
  key text PRIMARY KEY,
  failures integer NOT NULL,
  locked_until timestamptz(3),
  last_failure_at timestamptz(3) NOT NULL
);

-- The table that connect-pg-simple expects.
CREATE TABLE session (
  sid varchar PRIMARY KEY,
  sess json NOT NULL,
  expire timestamp(6) NOT NULL
);
CREATE INDEX session_expire ON session (expire);
CREATE INDEX session_of_user ON session ((sess -> 'passport' ->> 'user'));
