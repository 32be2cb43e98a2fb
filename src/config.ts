import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { S3Place } from './platform/files-s3.ts'
import { projectRoot } from './platform/root.ts'
import { StartFailure } from './platform/start-failure.ts'
import { isTimeZone } from './platform/time-zone.ts'

/** Everything that may be set from outside; .env.example explains each variable. */
export interface Config {
  host: string
  /** 0 lets the system choose. */
  port: number
  /** How many processes serve pages. */
  processes: number
  /** Without it the application runs its own PostgreSQL in the data folder. */
  databaseUrl: string | undefined
  /** Absolute. */
  dataDirectory: string
  /** Where attachments are kept: in a folder (absolute) or in a bucket. */
  storage: { kind: 'local'; folder: string } | ({ kind: 's3' } & S3Place)
  /** IANA name, for every date that a person reads. */
  timeZone: string
  /** How many proxies in front of us write X-Forwarded-For. */
  trustProxy: number
  /** Without it a random one is kept in the data folder. */
  sessionSecret: string | undefined
  logLevel: LogLevel
  /** Where the metrics are; undefined: nowhere. 0 lets the system choose. */
  metricsPort: number | undefined
  metricsHost: string
  /** Under which address people reach the application, without a slash at the end: what links in mails begin with. */
  publicUrl: string
  /** smtp:// or smtps:// address of the mail server; undefined: mails are only kept. */
  smtpUrl: string | undefined
  /** From whom mails come. */
  mailFrom: string
  production: boolean
  /** Embedded database outside production: demonstration data, accounts with a known password, this machine only. */
  demonstration: boolean
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

/**
 * @param environment the variables; by default those of the process and of .env, where the process's own win
 * @throws StartFailure whose one message names every variable that is wrong
 */
export function loadConfig(environment: Record<string, string | undefined> = readEnvironment()): Config {
  const filled = Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== '')
  const variables: Record<string, string | undefined> = Object.fromEntries(filled)
  const parsed = schema.safeParse(variables)
  const problems = [
    ...(parsed.error?.issues ?? []).map(issue => `${issue.path.join('.')} ${issue.message}`),
    ...contradictions(variables),
  ]
  if (!parsed.success || problems.length > 0) throw new StartFailure(`Configuración no válida: ${problems.join('; ')}.`)
  return toConfig(parsed.data)
}

function readEnvironment(): Record<string, string | undefined> {
  const file = join(projectRoot, '.env')
  // Reading it twice changes nothing: a variable that is set already stays as it is.
  if (existsSync(file)) process.loadEnvFile(file)
  return process.env
}

const port = 'debe ser un número entero de 0 a 65535 (0 elige un puerto libre)'
const hops = 'debe ser el número de proxies que hay delante de la aplicación, de 0 a 10'

const processes = 'debe ser un número entero de 1 a 64: cuántos procesos atienden páginas'

const schema = z.object({
  HOST: host().default('127.0.0.1'),
  PORT: wholeNumber(65535, port).default(3000),
  WEB_CONCURRENCY: wholeNumber(64, processes)
    .refine(value => value > 0, processes)
    .default(1),
  DATABASE_URL: z
    .string()
    .trim()
    .refine(isDatabaseUrl, 'debe tener la forma postgresql://usuario:clave@equipo:puerto/base')
    .optional(),
  DATA_DIR: z.string().trim().default('data'),
  STORAGE: z.enum(['local', 's3'], 'debe ser local o s3').default('local'),
  UPLOADS_DIR: z.string().trim().default('uploads'),
  S3_ENDPOINT: z
    .string()
    .trim()
    .refine(isHttpUrl, 'debe ser una dirección http o https, por ejemplo https://s3.ejemplo.org')
    .default(''),
  S3_BUCKET: z.string().trim().default(''),
  S3_ACCESS_KEY: z.string().trim().default(''),
  S3_SECRET_KEY: z.string().trim().default(''),
  S3_REGION: z.string().trim().default('us-east-1'),
  TIME_ZONE: z
    .string()
    .trim()
    .refine(isTimeZone, 'debe ser una zona horaria IANA, por ejemplo America/Mexico_City')
    .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  TRUST_PROXY: wholeNumber(10, hops).default(0),
  SESSION_SECRET: z.string().min(32, 'debe tener al menos 32 caracteres').optional(),
  METRICS_PORT: wholeNumber(65535, port).optional(),
  METRICS_HOST: host().default('127.0.0.1'),
  PUBLIC_URL: z
    .string()
    .trim()
    .refine(isHttpUrl, 'debe ser la dirección con que se abre la aplicación, por ejemplo https://soporte.ejemplo.org')
    .transform(url => url.replace(/\/+$/, ''))
    .optional(),
  SMTP_URL: z
    .string()
    .trim()
    .refine(isSmtpUrl, 'debe tener la forma smtp://usuario:clave@equipo:puerto, o smtps://')
    .optional(),
  MAIL_FROM: z
    .string()
    .trim()
    .refine(text => /^[^\s@<>]+@[^\s@<>]+$/.test(text), 'debe ser un correo, por ejemplo soporte@ejemplo.org')
    .default('tickets-de-soporte@localhost'),
  LOG_LEVEL: z.enum(logLevels, `debe ser uno de estos: ${logLevels.join(', ')}`).default('info'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'debe ser development, production o test')
    .default('development'),
})

function host() {
  return z.string().trim().refine(isHost, 'debe ser una dirección IP o un nombre de equipo')
}

function wholeNumber(most: number, message: string) {
  return z
    .string()
    .trim()
    .regex(/^\d{1,5}$/, message)
    .transform(Number)
    .refine(value => value <= most, message)
}

/** What is wrong with the variables together; looked at even when one alone is wrong, so that all is said at once. */
function contradictions(variables: Record<string, string | undefined>): string[] {
  const { HOST = '127.0.0.1', PORT = '3000', DATABASE_URL, SESSION_SECRET, NODE_ENV, STORAGE } = variables
  const { METRICS_PORT, METRICS_HOST = '127.0.0.1' } = variables
  const problems: string[] = []
  if (STORAGE === 's3') {
    const missing = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'].filter(name => !variables[name])
    problems.push(...missing.map(name => `${name} falta: es obligatoria con STORAGE=s3`))
  }
  if (DATABASE_URL && NODE_ENV === 'production' && !SESSION_SECRET) {
    problems.push(
      'SESSION_SECRET falta: en producción con DATABASE_URL es obligatoria, con al menos 32 caracteres al azar',
    )
  }
  if (!DATABASE_URL && NODE_ENV !== 'production') problems.push(...refuseStrangers({ HOST, METRICS_HOST }))
  if (METRICS_PORT && Number(METRICS_PORT) === Number(PORT) && Number(PORT) !== 0) {
    problems.push('METRICS_PORT debe ser distinto de PORT')
  }
  if (variables.SMTP_URL && !variables.MAIL_FROM) {
    problems.push('MAIL_FROM falta: con SMTP_URL hay que decir de qué correo vienen los mensajes')
  }
  return problems
}

/** @param hosts addresses by the name of their variable */
function refuseStrangers(hosts: Record<string, string>): string[] {
  return Object.entries(hosts)
    .filter(([, host]) => !isLoopback(host.trim()))
    .map(
      ([name, host]) =>
        `${name} no puede ser ${host.trim()} en modo de demostración, porque otras máquinas podrían entrar con ` +
        'contraseñas que cualquiera conoce (use 127.0.0.1, o bien NODE_ENV=production o DATABASE_URL)',
    )
}

function toConfig(set: z.output<typeof schema>): Config {
  const production = set.NODE_ENV === 'production'
  return {
    host: set.HOST,
    port: set.PORT,
    processes: set.WEB_CONCURRENCY,
    databaseUrl: set.DATABASE_URL,
    dataDirectory: resolve(projectRoot, set.DATA_DIR),
    storage: storageOf(set),
    timeZone: set.TIME_ZONE,
    trustProxy: set.TRUST_PROXY,
    sessionSecret: set.SESSION_SECRET,
    logLevel: set.LOG_LEVEL,
    metricsPort: set.METRICS_PORT,
    metricsHost: set.METRICS_HOST,
    publicUrl: set.PUBLIC_URL ?? `http://${set.HOST.includes(':') ? `[${set.HOST}]` : set.HOST}:${set.PORT}`,
    smtpUrl: set.SMTP_URL,
    mailFrom: set.MAIL_FROM,
    production,
    demonstration: !production && set.DATABASE_URL === undefined,
  }
}

function storageOf(set: z.output<typeof schema>): Config['storage'] {
  if (set.STORAGE === 'local') return { kind: 'local', folder: resolve(projectRoot, set.UPLOADS_DIR) }
  return {
    kind: 's3',
    endpoint: set.S3_ENDPOINT,
    bucket: set.S3_BUCKET,
    accessKey: set.S3_ACCESS_KEY,
    secretKey: set.S3_SECRET_KEY,
    region: set.S3_REGION,
  }
}

function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^(?!\d+(\.\d+)*$)[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(text)
}

function isLoopback(host: string): boolean {
  return host === '::1' || host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.'))
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function isSmtpUrl(text: string): boolean {
  return URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
}

function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1
}
