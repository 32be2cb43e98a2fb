-- When the first Administrador was created: from then on nobody is let in by a code from the console, whatever becomes of
-- that account.
ALTER TABLE settings ADD COLUMN installed_at timestamptz(3);
UPDATE settings SET installed_at = now()
  WHERE EXISTS (SELECT FROM users WHERE role = 'ADMINISTRADOR' AND active);

-- One code for each start of a process until the installation is done, as SHA-256.
CREATE TABLE installation_codes (
  hash text PRIMARY KEY,
  expires_at timestamptz(3) NOT NULL
);
