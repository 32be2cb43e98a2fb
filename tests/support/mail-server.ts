import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** What a mail server was given. */
export interface Delivered {
  from: string
  to: string[]
  /** Headers and body as they came. */
  raw: string
  /** The text, decoded. */
  text: string
}

interface Rules {
  /** Answers a recipient with an SMTP error of this code; undefined takes him. */
  refuse?: (recipient: string) => number | undefined
  port?: number
}

/** A real SMTP server on this machine. Whoever calls it closes it. */
export async function startMailServer({ refuse = () => undefined, port = 0 }: Rules = {}) {
  const delivered: Delivered[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const responseCode = refuse(address)
      done(responseCode ? Object.assign(new Error('not here'), { responseCode }) : null)
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1')
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        delivered.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, text: decoded(raw) })
        done()
      })
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: chosen } = server.server.address() as AddressInfo
  return {
    delivered,
    port: chosen,
    url: `smtp://127.0.0.1:${chosen}`,
    close: () => new Promise<void>(resolve => server.close(resolve)),
  }
}

function decoded(raw: string): string {
  const [head = '', ...body] = raw.split('\r\n\r\n')
  const text = body.join('\r\n\r\n')
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8')
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
