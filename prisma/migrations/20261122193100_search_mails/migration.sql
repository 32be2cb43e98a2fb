-- Mails are found by any part of their recipient or subject, without regard to case and accents.
CREATE INDEX mails_search ON mails USING gin (normalized_name(recipient || ' ' || subject) gin_trgm_ops);
