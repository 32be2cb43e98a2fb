-- What may be attached; src/attachments/kinds.ts knows the extensions.
ALTER TABLE settings
  ADD attachment_max_bytes integer NOT NULL DEFAULT 10485760 CHECK (attachment_max_bytes BETWEEN 1024 AND 1073741824),
  ADD attachment_max_files integer NOT NULL DEFAULT 10 CHECK (attachment_max_files BETWEEN 1 AND 100),
  ADD attachment_extensions text[] NOT NULL DEFAULT ARRAY['png', 'jpg', 'jpeg', 'gif', 'webp', 'heic', 'pdf', 'docx',
    'xlsx', 'pptx', 'doc', 'xls', 'ppt', 'odt', 'ods', 'odp', 'txt', 'csv', 'log', 'zip', 'mp4', 'mov', 'webm'];

-- A file in the storage, under "<sha256>.<id>". The row is there before the file and is deleted before the file is removed, and no
-- id comes twice: so a late removal never meets a file that was stored again, and what an attachment names is never removed.
CREATE TABLE stored_files (
  id serial PRIMARY KEY,
  sha256 text NOT NULL UNIQUE CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  -- When somebody last stored these bytes: a row that nothing names yet may belong to a request under way.
  touched_at timestamptz(3) NOT NULL
);
CREATE INDEX stored_files_touched ON stored_files (touched_at);

CREATE TABLE attachments (
  id serial PRIMARY KEY,
  log_entry_id integer NOT NULL REFERENCES log_entries,
  stored_file_id integer NOT NULL REFERENCES stored_files,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 150),
  size bigint NOT NULL CHECK (size > 0),
  media_type text NOT NULL,
  width integer CHECK (width > 0),
  height integer CHECK (height > 0),
  thumbnail_file_id integer REFERENCES stored_files,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT attachments_image_measured CHECK ((width IS NULL) = (height IS NULL)),
  CONSTRAINT attachments_thumbnail_of_image CHECK (thumbnail_file_id IS NULL OR width IS NOT NULL)
);
CREATE INDEX attachments_entry ON attachments (log_entry_id, id);
CREATE INDEX attachments_file ON attachments (stored_file_id);
CREATE INDEX attachments_thumbnail ON attachments (thumbnail_file_id) WHERE thumbnail_file_id IS NOT NULL;

CREATE FUNCTION attachments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'attachments belong to the bitácora, which is append-only' USING ERRCODE = 'TS003';
END $$;
CREATE TRIGGER attachments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attachments
  FOR EACH STATEMENT EXECUTE FUNCTION attachments_refuse_change();

-- An entry is written with its files: nobody hangs another one on it later.
CREATE FUNCTION attachments_refuse_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM log_entries WHERE id = NEW.log_entry_id AND xmin = pg_current_xact_id()::xid) THEN
    RAISE EXCEPTION 'entry % was written before', NEW.log_entry_id USING ERRCODE = 'TS003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attachments_with_their_entry BEFORE INSERT ON attachments
  FOR EACH ROW EXECUTE FUNCTION attachments_refuse_later();
