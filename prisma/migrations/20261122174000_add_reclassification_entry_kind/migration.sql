-- Alone in its file: PostgreSQL lets nobody use a new value in the transaction that adds it.
ALTER TYPE log_entry_kind ADD VALUE 'RECLASIFICACION';
-- The requester says that all is well.
ALTER TYPE log_entry_kind ADD VALUE 'CONFIRMACION';
