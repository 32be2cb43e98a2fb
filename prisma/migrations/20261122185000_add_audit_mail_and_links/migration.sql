-- What administrators and doors did: who, when, from which address, before and after. Never anything secret.
CREATE TABLE audit_entries (
  id serial PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  -- A code of src/audit/kinds.ts.
  kind text NOT NULL CHECK (kind <> ''),
  -- Null when nobody has signed in: a failed sign-in, a person who follows a link.
  actor_id integer REFERENCES users,
  address text NOT NULL,
  subject_type text,
  subject_id integer,
  -- As it was called then.
  subject_name text,
  changes jsonb,
  CONSTRAINT audit_entries_subject_complete CHECK (subject_type IS NOT NULL OR subject_id IS NULL)
);
CREATE INDEX audit_entries_at ON audit_entries (at DESC, id DESC);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, at DESC, id DESC) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entries_kind ON audit_entries (kind, at DESC, id DESC);
CREATE INDEX audit_entries_subject ON audit_entries (subject_type, subject_id, at DESC, id DESC)
  WHERE subject_id IS NOT NULL;

CREATE FUNCTION audit_entries_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'TS005';
END $$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse_change();

-- Every mail that was to go out. Without a mail server it is kept to be read; the text is sealed, for links open accounts.
CREATE TABLE mails (
  id serial PRIMARY KEY,
  recipient text NOT NULL CHECK (recipient <> ''),
  subject text NOT NULL CHECK (btrim(subject) <> ''),
  -- Null once nobody needs it any more.
  body bytea,
  created_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  -- Why the last attempt failed, in Spanish.
  failure text
);
CREATE INDEX mails_newest ON mails (created_at DESC, id DESC);

-- A link that lets somebody set a password: only its hash is here, it works once, and only while the mail is the same.
CREATE TYPE account_link_purpose AS ENUM ('INVITACION', 'RESTABLECIMIENTO');
CREATE TABLE account_links (
  token_hash text PRIMARY KEY,
  user_id integer NOT NULL REFERENCES users,
  purpose account_link_purpose NOT NULL,
  email text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
CREATE INDEX account_links_user ON account_links (user_id);
CREATE INDEX account_links_expiry ON account_links (expires_at);

-- Whose session it is, so that all sessions of a person can be ended at once.
ALTER TABLE session ADD COLUMN user_id integer GENERATED ALWAYS AS ((sess #>> '{passport,user}')::integer) STORED;
CREATE INDEX session_by_user ON session (user_id) WHERE user_id IS NOT NULL;
