import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { type ByteRange, type FileStorage, isFileName, placeOf } from './files.ts'

/** A bucket of any server that speaks S3. */
export interface S3Place {
  /** URL of the server. */
  endpoint: string
  bucket: string
  accessKey: string
  secretKey: string
  region: string
}

/** Files in a bucket; `check` throws when it cannot be used, `close` ends the connections. */
export function s3Storage(place: S3Place): FileStorage & { check(): Promise<void>; close(): void } {
  const client = new S3Client({
    endpoint: place.endpoint,
    region: place.region,
    credentials: { accessKeyId: place.accessKey, secretAccessKey: place.secretKey },
    // The bucket in the path: servers of one's own seldom have a host name per bucket.
    forcePathStyle: true,
    // Newer checksums by default are something that only some servers understand.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const keyOf = (name: string) => ({ Bucket: place.bucket, Key: placeOf(name) })
  return {
    async put(source, name) {
      // In memory, so that the client can send it again; attachments are small.
      await client.send(new PutObjectCommand({ ...keyOf(name), Body: await readFile(source) }))
    },
    async open(name, range) {
      const Range = range && headerOf(range)
      const { Body } = await client.send(new GetObjectCommand({ ...keyOf(name), ...(Range && { Range }) }))
      if (!(Body instanceof Readable)) throw new Error(`No body: ${name}`)
      return Body
    },
    async stat(name) {
      try {
        const { ContentLength = 0 } = await client.send(new HeadObjectCommand(keyOf(name)))
        return { size: ContentLength }
      } catch (error) {
        if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return null
        throw error
      }
    },
    async remove(name) {
      await client.send(new DeleteObjectCommand(keyOf(name)))
    },
    list: olderThan => list(client, place.bucket, olderThan),
    async check() {
      await client.send(new HeadBucketCommand({ Bucket: place.bucket }))
    },
    close: () => client.destroy(),
  }
}

const headerOf = ({ start, end }: ByteRange) => `bytes=${start}-${end}`

async function* list(client: S3Client, bucket: string, olderThan: Date): AsyncGenerator<string> {
  let from: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, ...(from && { ContinuationToken: from }) }),
    )
    for (const { Key = '', LastModified } of page.Contents ?? []) {
      const name = Key.split('/').at(-1) ?? ''
      // A bucket may hold what is not ours.
      if (isFileName(name) && Key === placeOf(name) && LastModified && LastModified < olderThan) yield name
    }
    from = page.NextContinuationToken
  } while (from)
}
