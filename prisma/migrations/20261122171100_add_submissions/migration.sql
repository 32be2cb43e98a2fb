-- A form that was sent and did something: sent again, it leads to where it led, and does nothing.
CREATE TABLE submissions (
  user_id integer NOT NULL REFERENCES users,
  key uuid NOT NULL,
  -- SHA-256 of where it was sent and what it said: the same key with another text is no repetition.
  content bytea NOT NULL,
  -- The path that it led to; '' only inside the transaction that does what it asks for.
  result text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, key)
);
-- New ones remove the oldest.
CREATE INDEX submissions_created_at ON submissions (created_at);
