import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { SharedConnections } from './shared-connections.ts'
import { statementOf } from './statement.ts'

/** One connection pool, used by the ORM (writes, administration) and by hand-written SQL (hot reads). */
export interface Database {
  prisma: PrismaClient
  pool: Pool
  /** A transaction that is open already: what asks for one takes part in it. */
  joined?: Transaction
  /** Waits for running queries, then closes every connection. */
  close(): Promise<void>
}

/** What an action writes through: the ORM inside its one transaction. */
export type Transaction = Prisma.TransactionClient

/** How many connections a process uses at most, unless it says otherwise, and how many more its quick reads share. */
export const CONNECTIONS = 10
export const SHARED_CONNECTIONS = 3

/** A connection for each statement or transaction; quick reads share some besides. */
export class Pool extends pg.Pool {
  readonly shared: SharedConnections

  constructor({ shared, ...options }: pg.PoolConfig & { shared: number }) {
    super(options)
    this.shared = new SharedConnections(options, shared)
  }
}

/**
 * @param url PostgreSQL connection URL
 * @param connections most connections of this process
 */
export function connect(url: string, connections = CONNECTIONS): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    shared: SHARED_CONNECTIONS,
  })
  // An idle connection that the server closes is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {})
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) })
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect()
      await pool.shared.end()
      await pool.end()
    },
  }
}

/** One action, one transaction; everything in it becomes true together or not at all. */
export function transaction<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (db.joined) return work(db.joined)
  return db.prisma.$transaction(work, { maxWait: 15_000, timeout: 30_000 })
}

/**
 * Runs a hand-written read that is always quick, whatever the table holds and whoever asks: it shares a connection, and what is
 * asked after it waits for it.
 * @returns its rows, to be parsed by the caller
 */
export async function glance({ pool }: Pick<Database, 'pool'>, sql: Prisma.Sql): Promise<unknown[]> {
  return (await pool.shared.query(statementOf(sql))).rows
}

/**
 * Runs a hand-written read, composed with Prisma.sql, over the pool.
 * @param options `prepared: false` where the best plan depends on the values
 * @returns its rows, to be parsed by the caller
 */
export async function select(
  { pool }: Pick<Database, 'pool'>,
  sql: Prisma.Sql,
  options?: { prepared: boolean },
): Promise<unknown[]> {
  return (await pool.query(statementOf(sql, options))).rows
}
