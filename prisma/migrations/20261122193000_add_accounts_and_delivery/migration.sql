-- How a person wants dates written, as a BCP 47 tag; null: as the organisation does.
ALTER TABLE users ADD COLUMN locale text CHECK (locale ~ '^es(-[A-Z]{2})?$');

-- When a mail is tried again, and how often it was: null once nothing more will be tried.
ALTER TABLE mails ADD COLUMN attempts integer NOT NULL DEFAULT 0;
ALTER TABLE mails ADD COLUMN next_attempt_at timestamptz(3);
UPDATE mails SET next_attempt_at = created_at WHERE sent_at IS NULL AND body IS NOT NULL;
CREATE INDEX mails_due ON mails (next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX mails_kept ON mails (created_at) WHERE body IS NOT NULL;

-- Clients may ask for an account of their own only where this is switched on.
ALTER TABLE settings ADD COLUMN sign_up boolean NOT NULL DEFAULT false;

-- Somebody who asked for an account: nothing more of him exists until he follows the link, of which only the hash is here.
CREATE TABLE sign_ups (
  token_hash text PRIMARY KEY,
  name text NOT NULL CHECK (btrim(name) <> ''),
  email text NOT NULL CHECK (email = lower(email)),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX sign_ups_email ON sign_ups (email);
CREATE INDEX sign_ups_expiry ON sign_ups (expires_at);
