-- There is always an active Administrador. TS010 is ours, see src/web/errors.ts.
CREATE FUNCTION users_keep_an_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Of two who take each other's role away the second waits here, and then sees what the first has done.
  PERFORM pg_advisory_xact_lock(hashtext('personas'));
  IF NOT EXISTS (SELECT FROM users WHERE role = 'ADMINISTRADOR' AND active) THEN
    RAISE EXCEPTION 'user % is the last active Administrador', OLD.id USING ERRCODE = 'TS010';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER users_keep_an_administrator AFTER UPDATE ON users FOR EACH ROW
  WHEN (OLD.role = 'ADMINISTRADOR' AND OLD.active AND NOT (NEW.role = 'ADMINISTRADOR' AND NEW.active))
  EXECUTE FUNCTION users_keep_an_administrator();
CREATE TRIGGER users_keep_an_administrator_on_delete AFTER DELETE ON users FOR EACH ROW
  WHEN (OLD.role = 'ADMINISTRADOR' AND OLD.active)
  EXECUTE FUNCTION users_keep_an_administrator();

-- The lists of people, by name: one index for each choice that leaves few out of many.
CREATE INDEX users_no_clients_by_name ON users (normalized_name(name), id) WHERE kind IS DISTINCT FROM 'CLIENTE';
CREATE INDEX users_clients_by_name ON users (normalized_name(name), id) WHERE kind = 'CLIENTE';
CREATE INDEX users_inactive_by_name ON users (normalized_name(name), id) WHERE NOT active;
CREATE INDEX users_role_by_name ON users (role, normalized_name(name), id);
DROP INDEX users_organization;
CREATE INDEX users_organization_by_name ON users (organization_id, normalized_name(name), id)
  WHERE organization_id IS NOT NULL;
