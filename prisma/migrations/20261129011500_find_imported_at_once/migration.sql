-- The document of an imported ticket was written for the ticket and once more for the entry that tells where it comes from, and most of
-- what an import costs is writing documents. The ticket knows where it comes from, so its first document says so, too.

CREATE OR REPLACE FUNCTION tickets_write_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The lock makes a new ticket and a new name of its requester wait for each other.
  PERFORM FROM users WHERE id IN (SELECT requester_id FROM written) ORDER BY id FOR SHARE;
  INSERT INTO ticket_documents (ticket_number, created_at, labels, everything)
    SELECT t.number, t.created_at, document_labels(t), search_vector(t.subject, 'A')
      || search_vector('de ' || t.description, 'B') || search_vector('de ' || u.name, 'C')
      || coalesce(search_vector('de Importado de ' || t.origin_system || ', referencia ' || t.origin_reference, 'D'), '')
    FROM tickets t JOIN users u ON u.id = t.requester_id WHERE t.number IN (SELECT number FROM written);
  PERFORM search_learn(string_agg(concat_ws(' ', t.subject, t.description, u.name, t.origin_system), ' '))
    FROM written t JOIN users u ON u.id = t.requester_id GROUP BY t.number / 50;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION log_entries_write_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_note(ticket_number, string_agg(text, ' de ' ORDER BY id) FILTER (WHERE visibility = 'PUBLICA'),
      string_agg(text, ' de ' ORDER BY id) FILTER (WHERE visibility = 'INTERNA')),
    search_learn(string_agg(text, ' '))
    FROM written WHERE text <> '' AND kind <> 'IMPORTACION' GROUP BY ticket_number;
  RETURN NULL;
END $$;
