CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- People are found by any part of their name, address or organization, without regard to case and accents.
CREATE INDEX users_name_search ON users USING gin (normalized_name(name) gin_trgm_ops);
CREATE INDEX users_email_search ON users USING gin (email gin_trgm_ops) WHERE email IS NOT NULL;
CREATE INDEX organizations_name_search ON organizations USING gin (normalized_name(name) gin_trgm_ops);

-- Once each time that the ticket was finished: finishing again raises the version.
CREATE UNIQUE INDEX log_entries_confirmed_once ON log_entries (ticket_number, ticket_version)
  WHERE kind = 'CONFIRMACION';
