-- Grows with every change that the audit tells; forms carry it, so that of two who edit at once the second is told.
ALTER TABLE areas ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);
ALTER TABLE categories ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);
ALTER TABLE groups ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0);

-- The lists of the administration, by name.
CREATE INDEX categories_by_name ON categories (kind, normalized_name(name), id);
CREATE INDEX groups_by_name ON groups (normalized_name(name), id);
CREATE INDEX users_employees_by_name ON users (normalized_name(name), id) WHERE active AND role <> 'USUARIO';
-- The categories that lose a group which is archived.
CREATE INDEX categories_default_group ON categories (default_group_id) WHERE default_group_id IS NOT NULL;
-- Whether a bitácora still names a category that its ticket has left: it is not deleted then.
CREATE INDEX log_entries_left_category ON log_entries (((changes -> 'categoryId' ->> 0)::integer))
  WHERE kind = 'RECLASIFICACION';

-- An archived area has no open tickets: none when it is archived, and none enters it afterwards. TS007 is ours, see
-- src/web/errors.ts.
CREATE FUNCTION areas_keep_open_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM tickets WHERE area_id = NEW.id AND status IN ('REGISTRADO', 'ASIGNADO', 'EN_PROCESO')) THEN
    RAISE EXCEPTION 'area % still has open tickets', NEW.id USING ERRCODE = 'TS004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER areas_keep_open_tickets AFTER UPDATE ON areas FOR EACH ROW
  WHEN (OLD.active AND NOT NEW.active)
  EXECUTE FUNCTION areas_keep_open_tickets();

-- The share lock makes a ticket and the archiving of its area wait for each other.
CREATE FUNCTION tickets_refuse_archived_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM areas WHERE id = NEW.area_id AND active FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'area % is archived', NEW.area_id USING ERRCODE = 'TS007';
  END IF;
  RETURN NEW;
END $$;
-- By their names they come before tickets_2_owner: an area is locked before its members, as by whoever removes one.
CREATE TRIGGER tickets_1a_area_on_insert BEFORE INSERT ON tickets FOR EACH ROW
  WHEN (NEW.status IN ('REGISTRADO', 'ASIGNADO', 'EN_PROCESO'))
  EXECUTE FUNCTION tickets_refuse_archived_area();
CREATE TRIGGER tickets_1a_area_on_update BEFORE UPDATE ON tickets FOR EACH ROW
  WHEN (NEW.status IN ('REGISTRADO', 'ASIGNADO', 'EN_PROCESO')
    AND (NEW.area_id <> OLD.area_id OR OLD.status IN ('FINALIZADO', 'CANCELADO')))
  EXECUTE FUNCTION tickets_refuse_archived_area();
