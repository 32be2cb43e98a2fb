import { PrismaPg } from '@prisma/adapter-pg'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { connectionPool, type Pool } from './pool.ts'
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

interface Limits {
  connections?: number
  patience?: number
}

/** How many connections the pages of a process use at most, unless it says otherwise. */
export const CONNECTIONS = 10
/** Of the work that nobody waits for: one hears of mails, one asks for jobs, one does them. */
export const BACKGROUND_CONNECTIONS = 3

/** @param limits of its connections: see connectionPool */
export function connect(url: string, { connections = CONNECTIONS, patience }: Limits = {}): Database {
  const pool = connectionPool(url, connections, patience)
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
