import { randomUUID } from 'node:crypto'
import { request } from 'node:http'

/** What the server answered. */
export interface Answer {
  status: number
  /** Where it leads, '' when nowhere. */
  location: string
  headers: Record<string, string | string[] | undefined>
  body: string
  /** The same, byte for byte. */
  bytes: Buffer
}

type Form = Record<string, string | number | string[]>

/** A browser without a page: keeps cookies, names its origin on writes as browsers do, follows nothing by itself. */
export class Client {
  readonly cookies = new Map<string, string>()
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  /** The same person at another application over the same sessions. */
  at(origin: string): Client {
    const client = new Client(origin)
    for (const [name, value] of this.cookies) client.cookies.set(name, value)
    return client
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, null, headers)
  }

  /** Sends a form as a page of the same origin would: with a key of its own, unless `envio` is given. */
  post(path: string, form: Form = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries({ envio: randomUUID(), ...form })) {
      for (const each of [value].flat()) body.append(name, String(each))
    }
    return this.send('POST', path, body.toString(), { origin: this.#origin, ...headers })
  }

  /** Sends a body of any kind as a page of the same origin would. */
  postBody(path: string, body: Buffer, headers: Record<string, string>): Promise<Answer> {
    return this.send('POST', path, body, { origin: this.#origin, ...headers })
  }

  async send(
    method: string,
    path: string,
    body: string | Buffer | null,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const all = {
      ...(cookie && { cookie }),
      ...(body !== null && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    }
    const answer = await exchange(new URL(path, this.#origin), method, all, body)
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.#keep(line)
    return answer
  }

  #keep(line: string) {
    const [pair = ''] = line.split(';')
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    if (value === '' || /expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

function exchange(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body: string | Buffer | null,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
          headers: response.headers,
          body: bytes.toString('utf8'),
          bytes,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body ?? undefined)
  })
}
