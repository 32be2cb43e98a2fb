-- The picture of the organisation, as we encoded it; its address tells its content, so that browsers keep it.
CREATE TABLE logos (
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 1048576),
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0)
);

ALTER TABLE settings
  ADD logo_hash text REFERENCES logos,
  -- What the picture says, for whoever does not see it.
  ADD logo_alt text NOT NULL DEFAULT '' CHECK (char_length(logo_alt) <= 120),
  -- Null is the application's own colour.
  ADD accent text CHECK (accent ~ '^#[0-9a-f]{6}$'),
  -- IANA; null is the TIME_ZONE of the process.
  ADD time_zone text CHECK (time_zone <> ''),
  -- How dates and numbers are written for whoever did not choose.
  ADD locale text NOT NULL DEFAULT 'es' CHECK (locale ~ '^es(-[A-Z]{2})?$'),
  -- On the page to sign in, as plain text.
  ADD welcome_text text NOT NULL DEFAULT '' CHECK (char_length(welcome_text) <= 2000),
  ADD help_text text NOT NULL DEFAULT '' CHECK (char_length(help_text) <= 2000),
  -- When an Administrador had enough of the first steps.
  ADD first_steps_dismissed_at timestamptz(3);

-- Who works already needs no first steps.
UPDATE settings SET first_steps_dismissed_at = installed_at;
