import pg from 'pg'
import { openCluster } from './postgres-cluster.ts'
import { joinServer, urlOf } from './postgres-membership.ts'
import { choosePlace } from './postgres-place.ts'
import { errorCode } from './start-failure.ts'

/** A PostgreSQL of our own, shared by every process that uses the same folder. */
export interface EmbeddedPostgres {
  /** Of the database `tickets`, as its owner, who is no superuser. */
  url: string
  /** Of the maintenance database, as superuser. */
  adminUrl: string
  /** Where the database is if not in `directory`, as a Spanish sentence for the operator. */
  notice: string | undefined
  /** Leaves the server; the last process that leaves stops it, and then waits until everything is on the disk. */
  stop(): Promise<void>
}

/**
 * Starts the server of a folder, or joins the one that runs there already, and keeps it running.
 * @param options.directory the installation's folder, absolute; made when missing
 * @param options.settings of postgresql.conf on top of the defaults; of no effect on a server that runs already
 * @throws StartFailure when the operator has to do something about it
 */
export async function startEmbeddedPostgres(options: {
  directory: string
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(choosePlace(options.directory))
  const { port, leave } = await joinServer(cluster, options.settings ?? {})
  const adminUrl = urlOf(cluster, port, 'postgres', 'postgres')
  await createDatabase(adminUrl, cluster.password).catch(async error => {
    await leave()
    throw error
  })
  return { url: urlOf(cluster, port, 'tickets', 'tickets'), adminUrl, notice: cluster.notice, stop: leave }
}

/** The application's role is no superuser, so that a flaw in a query does not reach the files of the machine. */
async function createDatabase(adminUrl: string, password: string): Promise<void> {
  const client = new pg.Client(adminUrl)
  await client.connect()
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'tickets'")
    if (rowCount) return
    await unlessThere(client, `CREATE ROLE tickets LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    await unlessThere(client, 'CREATE DATABASE tickets OWNER tickets')
  } finally {
    await client.end()
  }
}

/** Another process may make the same thing in the same moment. */
async function unlessThere(client: pg.Client, sql: string): Promise<void> {
  const alreadyThere = ['42710', '42P04', '23505']
  await client.query(sql).catch(error => {
    if (!alreadyThere.includes(errorCode(error) ?? '')) throw error
  })
}
