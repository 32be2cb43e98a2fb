import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../src/platform/root.ts'
import { useDatabase } from './support/database.ts'

const schema = readFileSync(join(projectRoot, 'prisma', 'schema.prisma'), 'utf8').replaceAll(/\/\/.*$/gm, '')
const { db } = await useDatabase()

/** Column -> type, with a question mark when it may be null; by table. */
type Tables = Record<string, Record<string, string>>

it('has the tables, columns, types and nullability of the models', async () => {
  const { rows } = await db.pool.query<{ table: string; column: string; type: string }>(`
    SELECT c.relname AS table, a.attname AS column,
      format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN '' ELSE '?' END AS type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'`)
  const tables: Tables = {}
  for (const { table, column, type } of rows) tables[table] = { ...tables[table], [column]: type }
  expect(tables).toEqual(tablesOfModels())
})

it('has the enums of the models, with their values in the same order', async () => {
  const { rows } = await db.pool.query<{ name: string; values: string[] }>(`
    SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS values
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
    WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`)
  const expected = blocks('enum').map(({ body, table }) => [
    table,
    body.match(/^\s*\w+\s*$/gm)?.map(line => line.trim()),
  ])
  expect(Object.fromEntries(rows.map(row => [row.name, row.values]))).toEqual(Object.fromEntries(expected))
})

/** The models or enums of schema.prisma; the generated client no longer tells what is optional. */
function blocks(kind: 'model' | 'enum') {
  return [...schema.matchAll(new RegExp(`^${kind} (\\w+) \\{\\n(.*?)^\\}`, 'gms'))].map(([, name = '', body = '']) => ({
    name,
    body,
    table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
  }))
}

function tablesOfModels(): Tables {
  const models = new Set(blocks('model').map(model => model.name))
  return Object.fromEntries(
    blocks('model').map(({ body, table }) => {
      const fields = [...body.matchAll(/^\s*(\w+)\s+(Unsupported\("\w+"\)|\w+)(\?|\[\])?(.*)$/gm)]
      const columns = fields
        .filter(([, , type = '']) => !models.has(type))
        .map(([, name = '', type = '', mark = '', attributes = '']) => [
          /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? name,
          columnType(type, attributes) + mark,
        ])
      return [table, Object.fromEntries(columns)]
    }),
  )
}

function columnType(type: string, attributes: string): string {
  const [, native, precision] = /@db\.(\w+)(?:\((\d+)\))?/.exec(attributes) ?? []
  const types: Record<string, string> = {
    Int: 'integer',
    BigInt: 'bigint',
    Boolean: 'boolean',
    SmallInt: 'smallint',
    Date: 'date',
    String: 'text',
    Bytes: 'bytea',
    Uuid: 'uuid',
    Json: 'jsonb',
    DateTime: 'timestamp(3) without time zone',
    VarChar: 'character varying',
    JsonDb: 'json',
    Timestamp: `timestamp(${precision}) without time zone`,
    Timestamptz: `timestamp(${precision}) with time zone`,
    ...Object.fromEntries(blocks('enum').map(({ name, table }) => [name, table])),
  }
  const foreign = /^Unsupported\("(\w+)"\)$/.exec(type)?.[1]
  const known = foreign ?? types[native === 'Json' ? 'JsonDb' : (native ?? type)]
  if (!known) throw new Error(`schema.test.ts does not know the type ${type} ${attributes}`)
  return known
}
