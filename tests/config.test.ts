import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { projectRoot } from '../src/platform/root.ts'

const databaseUrl = 'postgresql://ana:secreta@db.example:5433/tickets'
const secret = 'a'.repeat(32)

const complaintOf = (environment: Record<string, string>) => {
  try {
    loadConfig(environment)
  } catch (error) {
    return String(error)
  }
  return ''
}

describe('configuration', () => {
  it('is a demonstration on this machine when nothing is set', () => {
    expect(loadConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      processes: 1,
      databaseUrl: undefined,
      dataDirectory: resolve(projectRoot, 'data'),
      storage: { kind: 'local', folder: resolve(projectRoot, 'uploads') },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      trustProxy: 0,
      sessionSecret: undefined,
      logLevel: 'info',
      metricsPort: undefined,
      metricsHost: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      smtpUrl: undefined,
      mailFrom: 'tickets-de-soporte@localhost',
      production: false,
      demonstration: true,
    })
  })

  it('takes every variable', () => {
    const environment = {
      HOST: '0.0.0.0',
      PORT: '8080',
      WEB_CONCURRENCY: '4',
      DATABASE_URL: databaseUrl,
      DATA_DIR: '/srv/tickets',
      STORAGE: 's3',
      S3_ENDPOINT: 'https://s3.ejemplo.org',
      S3_BUCKET: 'adjuntos',
      S3_ACCESS_KEY: 'clave',
      S3_SECRET_KEY: 'secreta',
      S3_REGION: 'eu-1',
      TIME_ZONE: 'America/Mexico_City',
      TRUST_PROXY: '1',
      SESSION_SECRET: secret,
      LOG_LEVEL: 'warn',
      METRICS_PORT: '9464',
      METRICS_HOST: '0.0.0.0',
      PUBLIC_URL: 'https://soporte.ejemplo.org/',
      SMTP_URL: 'smtps://ana:secreta@correo.ejemplo.org:465',
      MAIL_FROM: 'soporte@ejemplo.org',
      NODE_ENV: 'production',
    }
    expect(loadConfig(environment)).toEqual({
      host: '0.0.0.0',
      port: 8080,
      processes: 4,
      databaseUrl,
      dataDirectory: '/srv/tickets',
      storage: {
        kind: 's3',
        endpoint: 'https://s3.ejemplo.org',
        bucket: 'adjuntos',
        accessKey: 'clave',
        secretKey: 'secreta',
        region: 'eu-1',
      },
      timeZone: 'America/Mexico_City',
      trustProxy: 1,
      sessionSecret: secret,
      logLevel: 'warn',
      metricsPort: 9464,
      metricsHost: '0.0.0.0',
      publicUrl: 'https://soporte.ejemplo.org',
      smtpUrl: 'smtps://ana:secreta@correo.ejemplo.org:465',
      mailFrom: 'soporte@ejemplo.org',
      production: true,
      demonstration: false,
    })
  })

  it('keeps attachments in another folder, and asks for all that a bucket needs', () => {
    expect(loadConfig({ UPLOADS_DIR: '/srv/adjuntos' }).storage).toEqual({ kind: 'local', folder: '/srv/adjuntos' })
    const complaint = complaintOf({ STORAGE: 's3', S3_BUCKET: 'adjuntos' })
    for (const name of ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']) expect(complaint).toContain(`${name} falta`)
    expect(complaint).not.toContain('S3_BUCKET falta')
    expect(complaintOf({ STORAGE: 's3', S3_ENDPOINT: 'ftp://x' })).toContain('S3_ENDPOINT debe ser')
  })

  it('asks from whom mails come when there is a mail server', () => {
    expect(complaintOf({ SMTP_URL: 'smtp://correo.ejemplo.org' })).toContain('MAIL_FROM falta')
  })

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ', SESSION_SECRET: '' })).toEqual(loadConfig({}))
  })

  it.each([
    ['PUBLIC_URL', 'soporte.ejemplo.org'],
    ['SMTP_URL', 'https://correo.ejemplo.org'],
    ['MAIL_FROM', 'soporte'],
    ['WEB_CONCURRENCY', '0'],
    ['WEB_CONCURRENCY', '65'],
    ['HOST', 'no vale'],
    ['HOST', '999.1.1.1'],
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://ana@db.example/tickets'],
    ['DATABASE_URL', 'postgresql://db.example'],
    ['TIME_ZONE', 'America/Atlantis'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '11'],
    ['SESSION_SECRET', 'corto'],
    ['METRICS_PORT', '70000'],
    ['METRICS_HOST', 'no vale'],
    ['LOG_LEVEL', 'mucho'],
    ['NODE_ENV', 'staging'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(complaintOf({ [name]: value })).toMatch(new RegExp(`^StartFailure: Configuración no válida: .*${name} `))
  })

  it('reports all problems at once, those of several variables together too', () => {
    const complaint = complaintOf({ HOST: '0.0.0.0', PORT: 'tres mil', TIME_ZONE: 'Marte', LOG_LEVEL: 'x' })
    for (const name of ['HOST', 'PORT', 'TIME_ZONE', 'LOG_LEVEL']) expect(complaint).toContain(name)
  })

  it('never repeats a secret in a complaint', () => {
    const complaint = complaintOf({ DATABASE_URL: 'mysql://ana:secreta@db.example/t', SESSION_SECRET: 'contraseña' })
    expect(complaint).not.toMatch(/secreta|contraseña/)
  })

  it('has the metrics off unless they get a port, which is not that of the pages', () => {
    expect(complaintOf({ PORT: '8080', METRICS_PORT: '08080' })).toContain('METRICS_PORT debe ser distinto de PORT')
    expect(complaintOf({ METRICS_PORT: '3000' })).toContain('METRICS_PORT debe ser distinto de PORT')
    expect(loadConfig({ PORT: '0', METRICS_PORT: '0' })).toMatchObject({ port: 0, metricsPort: 0 })
  })

  it('asks for a shared secret in production with a database of its own, and nowhere else', () => {
    expect(complaintOf({ DATABASE_URL: databaseUrl, NODE_ENV: 'production' })).toContain('SESSION_SECRET falta')
    expect(complaintOf({ DATABASE_URL: databaseUrl, NODE_ENV: 'production', SESSION_SECRET: secret })).toBe('')
    expect(complaintOf({ DATABASE_URL: databaseUrl })).toBe('')
    expect(complaintOf({ NODE_ENV: 'production' })).toBe('')
  })
})

describe('demonstration mode', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('listens on %s', host => {
    expect(loadConfig({ HOST: host })).toMatchObject({ host, demonstration: true })
  })

  it.each(['0.0.0.0', '::', '192.168.1.10', 'mesa.example', '127.0.0.1.example'])('refuses %s and says why', host => {
    expect(complaintOf({ HOST: host })).toContain('contraseñas que cualquiera conoce')
  })

  it('keeps its metrics on this machine, too', () => {
    expect(complaintOf({ METRICS_HOST: '0.0.0.0' })).toContain(
      'METRICS_HOST no puede ser 0.0.0.0 en modo de demostración',
    )
  })

  it('is over in production and with a database of one’s own, which may listen anywhere', () => {
    expect(loadConfig({ HOST: '0.0.0.0', NODE_ENV: 'production' }).demonstration).toBe(false)
    expect(loadConfig({ HOST: '0.0.0.0', DATABASE_URL: databaseUrl }).demonstration).toBe(false)
  })
})
