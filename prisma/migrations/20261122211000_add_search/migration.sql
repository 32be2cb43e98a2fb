CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA public;

-- Words without their accents, and then by their stem: "averías", "averia" and "AVERÍA" are one. What the stemmer only knows with
-- an accent ("instalación") is made up for by the query; see src/search/language/. Synonyms are there too: a dictionary's file
-- could not be put on somebody else's server.
CREATE TEXT SEARCH CONFIGURATION ticket_search (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION ticket_search
  ALTER MAPPING FOR asciiword, word, numword WITH public.unaccent, pg_catalog.spanish_stem;

-- The same words in full, for corrections.
CREATE TEXT SEARCH CONFIGURATION ticket_words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION ticket_words ALTER MAPPING FOR asciiword, word WITH public.unaccent, pg_catalog.simple;

-- Without these the parser would see addresses, paths, signs and markup where people mean words. One character becomes one
-- blank, so that a place in the result is the same place in the text.
CREATE FUNCTION search_text(text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(text, './\-_@:+<>&', '           ');

CREATE FUNCTION search_vector(text text, weight "char") RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN setweight(to_tsvector('public.ticket_search', search_text(text)), weight);

-- What is found of each ticket, up to half a page of it kept in one place: a search walks over a thousand of them. Weights: A subject, B description, C name of the requester, D bitácora and names of attachments.
CREATE TABLE ticket_documents (
  ticket_number integer PRIMARY KEY REFERENCES tickets,
  everything tsvector NOT NULL,
  -- Without internal notes, for whoever must not know of them; null while there are none.
  published tsvector
) WITH (toast_tuple_target = 4080);

-- Each word of a text that somebody wrote, in full and without accents; what corrections are chosen from. Nothing makes it unique:
-- two writers of the same new word would wait for each other. A word that is there twice does no harm.
CREATE TABLE ticket_words (
  id serial PRIMARY KEY,
  word text NOT NULL
);
CREATE INDEX ticket_words_word ON ticket_words (word);
CREATE INDEX ticket_words_similar ON ticket_words USING gin (word gin_trgm_ops);

-- A vector has room for a megabyte; what would not fit is not found, and its ticket can still be written to. The stop word keeps
-- the last word of one text from standing before the first of the next.
CREATE FUNCTION search_append(known tsvector, text text, weight "char") RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN text IS NULL THEN known
    WHEN pg_column_size(known || ''::tsvector) > 500000 THEN known
    ELSE known || search_vector('de ' || left(text, 100000), weight) END;

CREATE FUNCTION search_learn(texts text) RETURNS void LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO ticket_words (word)
    SELECT word FROM unnest(tsvector_to_array(to_tsvector('public.ticket_words', search_text(left(texts, 100000))))) word
    WHERE word ~ '^[a-z]{4,30}$' AND NOT EXISTS (SELECT FROM ticket_words known WHERE known.word = word.word);
END;

CREATE FUNCTION search_note(number integer, open text, internal text) RETURNS void LANGUAGE sql
BEGIN ATOMIC
  UPDATE ticket_documents SET
    everything = search_append(search_append(everything, open, 'D'), internal, 'D'),
    published = CASE WHEN published IS NOT NULL OR internal IS NOT NULL
      THEN search_append(coalesce(published, everything), open, 'D') END
    WHERE ticket_number = number;
END;

-- Triggers by statement, so that a million rows can be written by one.

CREATE FUNCTION tickets_write_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The lock makes a new ticket and a new name of its requester wait for each other.
  PERFORM FROM users WHERE id IN (SELECT requester_id FROM written) ORDER BY id FOR SHARE;
  INSERT INTO ticket_documents (ticket_number, everything)
    SELECT t.number, search_vector(t.subject, 'A') || search_vector('de ' || t.description, 'B')
      || search_vector('de ' || u.name, 'C')
    FROM written t JOIN users u ON u.id = t.requester_id;
  PERFORM search_learn(string_agg(t.subject || ' ' || t.description || ' ' || u.name, ' '))
    FROM written t JOIN users u ON u.id = t.requester_id GROUP BY t.number / 50;
  RETURN NULL;
END $$;
CREATE TRIGGER tickets_write_documents AFTER INSERT ON tickets
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tickets_write_documents();

CREATE FUNCTION log_entries_write_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_note(ticket_number, string_agg(text, ' de ' ORDER BY id) FILTER (WHERE visibility = 'PUBLICA'),
      string_agg(text, ' de ' ORDER BY id) FILTER (WHERE visibility = 'INTERNA')),
    search_learn(string_agg(text, ' '))
    FROM written WHERE text <> '' GROUP BY ticket_number;
  RETURN NULL;
END $$;
CREATE TRIGGER log_entries_write_documents AFTER INSERT ON log_entries
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION log_entries_write_documents();

CREATE FUNCTION attachments_write_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_note(e.ticket_number, string_agg(a.name, ' de ' ORDER BY a.id) FILTER (WHERE e.visibility = 'PUBLICA'),
      string_agg(a.name, ' de ' ORDER BY a.id) FILTER (WHERE e.visibility = 'INTERNA')),
    search_learn(string_agg(a.name, ' '))
    FROM written a JOIN log_entries e ON e.id = a.log_entry_id GROUP BY e.ticket_number;
  RETURN NULL;
END $$;
CREATE TRIGGER attachments_write_documents AFTER INSERT ON attachments
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION attachments_write_documents();

-- One part of a document gives way to what is there now.
CREATE FUNCTION search_replace(known tsvector, kept "char"[], text text, weight "char") RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ts_filter(known, kept) || search_vector('de ' || text, weight);

CREATE FUNCTION tickets_change_documents() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  name text := (SELECT users.name FROM users WHERE id = NEW.requester_id FOR SHARE);
BEGIN
  UPDATE ticket_documents SET
    everything = search_replace(search_replace(everything, '{b,c,d}', NEW.subject, 'A'), '{a,b,d}', name, 'C'),
    published = search_replace(search_replace(published, '{b,c,d}', NEW.subject, 'A'), '{a,b,d}', name, 'C')
    WHERE ticket_number = NEW.number;
  PERFORM search_learn(NEW.subject);
  RETURN NULL;
END $$;
CREATE TRIGGER tickets_change_documents AFTER UPDATE ON tickets FOR EACH ROW
  WHEN ((NEW.subject, NEW.requester_id) IS DISTINCT FROM (OLD.subject, OLD.requester_id))
  EXECUTE FUNCTION tickets_change_documents();

CREATE FUNCTION users_change_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ticket_documents SET everything = search_replace(everything, '{a,b,d}', NEW.name, 'C'),
    published = search_replace(published, '{a,b,d}', NEW.name, 'C')
    WHERE ticket_number IN (SELECT number FROM tickets WHERE requester_id = NEW.id);
  PERFORM search_learn(NEW.name);
  RETURN NULL;
END $$;
CREATE TRIGGER users_change_documents AFTER UPDATE ON users FOR EACH ROW WHEN (NEW.name <> OLD.name)
  EXECUTE FUNCTION users_change_documents();

-- What an installation already holds.
SET LOCAL maintenance_work_mem = '256MB';
SET LOCAL work_mem = '64MB';
INSERT INTO ticket_documents (ticket_number, everything, published)
  SELECT t.number,
    search_append(search_append(born.vector, said.open, 'D'), said.internal, 'D'),
    CASE WHEN said.internal IS NOT NULL THEN search_append(born.vector, said.open, 'D') END
  FROM tickets t JOIN users u ON u.id = t.requester_id
  CROSS JOIN LATERAL (SELECT search_vector(t.subject, 'A') || search_vector('de ' || t.description, 'B')
    || search_vector('de ' || u.name, 'C') AS vector) born
  CROSS JOIN LATERAL (SELECT string_agg(text, ' de ' ORDER BY id) FILTER (WHERE visibility = 'PUBLICA') AS open,
      string_agg(text, ' de ' ORDER BY id) FILTER (WHERE visibility = 'INTERNA') AS internal
    FROM (SELECT id, visibility, text FROM log_entries WHERE ticket_number = t.number AND text <> ''
      UNION ALL SELECT e.id, e.visibility, a.name FROM log_entries e JOIN attachments a ON a.log_entry_id = e.id
        WHERE e.ticket_number = t.number) part) said;
INSERT INTO ticket_words (word)
  SELECT DISTINCT word FROM (SELECT subject FROM tickets UNION SELECT description FROM tickets UNION SELECT text FROM log_entries
    UNION SELECT name FROM users UNION SELECT name FROM attachments) part (text)
  CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('public.ticket_words', search_text(text)))) word
  WHERE word ~ '^[a-z]{4,30}$';

-- The list of what is not yet in the index is read by each search: it stays short.
CREATE INDEX ticket_documents_everything ON ticket_documents USING gin (everything) WITH (gin_pending_list_limit = 512);
-- So that the planner tells common words from rare ones.
ALTER TABLE ticket_documents ALTER everything SET STATISTICS 300;
ANALYZE ticket_documents;

-- Its setting is only known once the extension has been used.
SELECT similarity('avería', 'averia');
-- Words that somebody may have meant, the nearest first: letters changed, added or left out. Two that changed places have few
-- trigrams in common, hence the low threshold.
CREATE FUNCTION similar_words(wanted text) RETURNS TABLE (word text) LANGUAGE sql STABLE
  SET pg_trgm.similarity_threshold = 0.2 AS $$
  SELECT known.word FROM ticket_words known
    WHERE known.word % wanted AND known.word <> wanted
      AND levenshtein_less_equal(known.word, wanted, 2) <= CASE WHEN length(wanted) < 5 THEN 1 ELSE 2 END
    GROUP BY known.word
    ORDER BY levenshtein_less_equal(known.word, wanted, 2), similarity(known.word, wanted) DESC, known.word
$$;
