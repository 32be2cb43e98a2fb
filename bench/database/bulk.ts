import type { ClientBase } from 'pg'

const TABLES = ['tickets', 'log_entries', 'log_chains', 'ticket_attendants', 'impediments']

/**
 * Writes many rows at once: triggers sleep, and indexes and foreign keys are made again afterwards, which checks every row.
 * What the triggers would have refused or written is up to `write`; checks.ts asks the same questions of the result.
 */
export async function inBulk(client: ClientBase, write: () => Promise<void>): Promise<void> {
  const constraints = await definitions(client, CONSTRAINTS)
  const indexes = await definitions(client, INDEXES)
  for (const table of TABLES) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  for (const { drop } of [...constraints, ...indexes]) await client.query(drop)
  await write()
  for (const { restore } of [...indexes, ...constraints]) await client.query(restore)
  for (const table of TABLES) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
}

interface Definition {
  drop: string
  restore: string
}

async function definitions(client: ClientBase, query: string): Promise<Definition[]> {
  return (await client.query<Definition>(query, [TABLES])).rows
}

const CONSTRAINTS = `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS restore
  FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY ($1::regclass[])`

const INDEXES = `SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS restore
  FROM pg_index WHERE indrelid = ANY ($1::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))`
