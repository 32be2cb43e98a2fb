-- Which permissions an employee of which role may be granted or denied: the database's copy of src/permissions/catalog.ts, a
-- test compares the two. TS009 is ours, see src/web/errors.ts.
CREATE TABLE grantable_permissions (
  permission text NOT NULL,
  role role NOT NULL CHECK (role IN ('SUPERVISOR', 'AGENTE')),
  PRIMARY KEY (permission, role)
);
INSERT INTO grantable_permissions (permission, role) VALUES
  ('tickets.crear', 'SUPERVISOR'),
  ('tickets.crear_en_nombre', 'SUPERVISOR'),
  ('tickets.ver_asignados', 'SUPERVISOR'),
  ('tickets.iniciar', 'SUPERVISOR'),
  ('tickets.comentar', 'SUPERVISOR'),
  ('tickets.finalizar', 'SUPERVISOR'),
  ('tickets.cancelar', 'SUPERVISOR'),
  ('tickets.incidencias', 'SUPERVISOR'),
  ('encuestas.ver_resultados', 'SUPERVISOR'),
  ('encuestas.administrar', 'SUPERVISOR'),
  ('areas.administrar', 'SUPERVISOR'),
  ('categorias.administrar', 'SUPERVISOR'),
  ('grupos.administrar', 'SUPERVISOR'),
  ('usuarios.administrar', 'SUPERVISOR'),
  ('clientes.administrar', 'SUPERVISOR'),
  ('auditoria.ver', 'SUPERVISOR'),
  ('tickets.ver_area', 'SUPERVISOR'),
  ('tickets.asignar', 'SUPERVISOR'),
  ('tickets.reabrir', 'SUPERVISOR'),
  ('tickets.reclasificar', 'SUPERVISOR'),
  ('reportes.ver', 'SUPERVISOR'),
  ('tickets.crear', 'AGENTE'),
  ('tickets.crear_en_nombre', 'AGENTE'),
  ('tickets.ver_asignados', 'AGENTE'),
  ('tickets.iniciar', 'AGENTE'),
  ('tickets.comentar', 'AGENTE'),
  ('tickets.finalizar', 'AGENTE'),
  ('tickets.cancelar', 'AGENTE'),
  ('tickets.incidencias', 'AGENTE'),
  ('encuestas.ver_resultados', 'AGENTE'),
  ('encuestas.administrar', 'AGENTE'),
  ('areas.administrar', 'AGENTE'),
  ('categorias.administrar', 'AGENTE'),
  ('grupos.administrar', 'AGENTE'),
  ('usuarios.administrar', 'AGENTE'),
  ('clientes.administrar', 'AGENTE'),
  ('auditoria.ver', 'AGENTE');

-- The person is locked, so that his role cannot change at the same instant.
CREATE FUNCTION user_permissions_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  holder role;
BEGIN
  SELECT role INTO holder FROM users WHERE id = NEW.user_id FOR SHARE;
  IF NOT EXISTS (SELECT FROM grantable_permissions WHERE permission = NEW.permission AND role = holder) THEN
    RAISE EXCEPTION 'nobody who is % gets % by himself', holder, NEW.permission USING ERRCODE = 'TS009';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER user_permissions_legal BEFORE INSERT OR UPDATE ON user_permissions
  FOR EACH ROW EXECUTE FUNCTION user_permissions_check();

-- A new role begins with what it gives: what was granted to an Agente years ago must not wake up in another role.
CREATE FUNCTION users_forget_permissions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM user_permissions WHERE user_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER users_new_role AFTER UPDATE OF role ON users
  FOR EACH ROW WHEN (OLD.role <> NEW.role) EXECUTE FUNCTION users_forget_permissions();

-- The audit by what it is about and from where, newest first.
CREATE INDEX audit_entries_subject_type ON audit_entries (subject_type, at DESC, id DESC) WHERE subject_type IS NOT NULL;
CREATE INDEX audit_entries_address ON audit_entries (address, at DESC, id DESC);
