/**
 * Exports: a list of any length as a CSV that a Spanish Excel opens by a double click (semicolons, a byte order mark), made
 * while it is sent. Only as much of it is in memory as the network takes at a time. What a spreadsheet would run as a formula
 * is written as text.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { Response } from 'express'

/**
 * @param rows asked for one after the other, never faster than they are sent; the first are the headings
 * @throws what `rows` throws, once the answer has been cut off
 */
export async function sendCsv(
  res: Response,
  fileName: string,
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Promise<void> {
  res.attachment(fileName)
  const lines = stringify({ bom: true, delimiter: ';', record_delimiter: 'windows', escape_formulas: true })
  try {
    await pipeline(Readable.from(rows, { highWaterMark: 64 }), lines, res)
  } catch (error) {
    // Whoever closes his window has asked for no more.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** "2026-03-05 14:30:00" in an IANA time zone, which spreadsheets take for a date in any language. */
export function csvMoment(date: Date, zone: string): string {
  // Making a formatter costs more than using it a hundred times, and an export has some for each line.
  const kept =
    formatters.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone })
  formatters.set(zone, kept)
  return kept.format(date)
}
