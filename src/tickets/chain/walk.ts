import { chainStart, follows, type SealedEntry } from './seal.ts'

/** A ticket that exists or has left the end of its chain behind. */
export interface TicketEnd {
  number: number
  ticketExists: boolean
  /** Null when no end is recorded. */
  entries: number | null
  head: Buffer | null
}

/** Goes along all chains, entry by entry and ticket by ticket, and tells which tickets have something wrong. */
export class Walk {
  tickets = 0
  entries = 0
  readonly suspects: number[] = []
  readonly #ends: AsyncIterator<TicketEnd, void>
  #end: TicketEnd | null = null
  /** The ticket whose entries are being met, as far as they were. */
  #here: { number: number; count: number; head: Buffer; sound: boolean } | null = null

  /** @param ends of all tickets, in the order of their numbers */
  constructor(ends: AsyncIterator<TicketEnd, void>) {
    this.#ends = ends
  }

  /** Entries come in the order of their tickets, and of their places within one. */
  async meet(entry: SealedEntry): Promise<void> {
    if (this.#here?.number !== entry.ticketNumber) {
      await this.#leave()
      this.#here = { number: entry.ticketNumber, count: 0, head: chainStart(entry.ticketNumber), sound: true }
    }
    const here = this.#here
    here.count++
    here.sound &&= entry.seq === here.count && follows(here.head, entry)
    here.head = entry.hash
    this.entries++
  }

  async finish(): Promise<void> {
    await this.#leave()
    await this.#endOf(Number.POSITIVE_INFINITY)
  }

  async #leave(): Promise<void> {
    if (!this.#here) return
    const { number, count, head, sound } = this.#here
    const end = await this.#endOf(number)
    const complete = end?.ticketExists && end.entries === count && end.head?.equals(head)
    this.#passed(number, sound && Boolean(complete))
  }

  /** The tickets that are passed over on the way have no entries, and every ticket is born with one. */
  async #endOf(number: number): Promise<TicketEnd | null> {
    for (;;) {
      this.#end ??= (await this.#ends.next()).value ?? null
      const end = this.#end
      if (end === null || end.number > number) return null
      this.#end = null
      if (end.number === number) return end
      this.#passed(end.number, false)
    }
  }

  #passed(number: number, sound: boolean) {
    this.tickets++
    if (!sound) this.suspects.push(number)
  }
}
