-- In a file of their own: a new value cannot be used in the transaction that adds it.
ALTER TYPE log_entry_kind ADD VALUE 'INCIDENCIA';
ALTER TYPE log_entry_kind ADD VALUE 'INCIDENCIA_CERRADA';
