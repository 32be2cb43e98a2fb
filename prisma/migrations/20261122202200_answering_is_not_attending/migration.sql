-- Staff who registered a ticket and answer what they are asked about it have not worked on it.
DROP TRIGGER log_entries_note_attendant ON log_entries;
CREATE TRIGGER log_entries_note_attendant AFTER INSERT ON log_entries FOR EACH ROW
  WHEN (NEW.author_id IS NOT NULL
    AND NEW.kind NOT IN ('CREACION', 'IMPORTACION', 'ASIGNACION', 'RECLASIFICACION', 'ENCUESTA'))
  EXECUTE FUNCTION log_entries_note_attendant();
