import { Prisma } from '../generated/prisma/client.ts'
import { Priority } from '../generated/prisma/enums.ts'
import { isNumber, type Order, type PageRequest } from '../web/listing.ts'

/** An order of a list of tickets. */
export interface Sort {
  /** What the control that chooses it says. */
  label: string
  /** Of the tickets in it, for whoever does not see where they stand: "del más reciente al más antiguo". */
  spoken: string
  /** What the time is that it goes by. */
  heading: string
  time: 'created' | 'activity' | 'attended'
  /** The highest priority first, and the time decides among equals. */
  byPriority: boolean
  /** Whether it begins with what is newest. */
  descending: boolean
}

/** The orders, by their codes in URLs. */
export const sorts = {
  recientes: {
    label: 'Más recientes',
    spoken: 'del más reciente al más antiguo',
    heading: 'Registrado',
    time: 'created',
    byPriority: false,
    descending: true,
  },
  antiguos: {
    label: 'Más antiguos',
    spoken: 'del más antiguo al más reciente',
    heading: 'Registrado',
    time: 'created',
    byPriority: false,
    descending: false,
  },
  prioridad: {
    label: 'Prioridad',
    spoken: 'de la prioridad más alta a la más baja',
    heading: 'Registrado',
    time: 'created',
    byPriority: true,
    descending: true,
  },
  actividad: {
    label: 'Última actividad',
    spoken: 'empezando por la última actividad',
    heading: 'Actividad',
    time: 'activity',
    byPriority: false,
    descending: true,
  },
  atencion: {
    label: 'Última atención',
    spoken: 'empezando por lo último que atendió',
    heading: 'Atendido',
    time: 'attended',
    byPriority: false,
    descending: true,
  },
  'primera-atencion': {
    label: 'Atención más antigua',
    spoken: 'empezando por lo que atendió hace más tiempo',
    heading: 'Atendido',
    time: 'attended',
    byPriority: false,
    descending: false,
  },
} as const satisfies Record<string, Sort>

export type SortCode = keyof typeof sorts

/** The place of a ticket in a list. */
export interface Place {
  /** The time that the order goes by. */
  at: Date
  number: number
  priority: Priority
}

const RANKS = Object.values(Priority)
const PLACE = /^(?:(\d)-)?(\d{1,14})-(\d{1,10})$/

/** How places are written in addresses. */
export function placesIn({ byPriority }: Sort): Order<Place> {
  return {
    encode: ({ at, number, priority }) => `${byPriority ? `${RANKS.indexOf(priority)}-` : ''}${at.getTime()}-${number}`,
    decode: cursor => {
      const [, rank, time, number] = PLACE.exec(cursor) ?? []
      const priority = byPriority ? RANKS[Number(rank ?? -1)] : RANKS[0]
      if (!time || !isNumber(number) || !priority || (rank !== undefined) !== byPriority) return undefined
      return { at: new Date(Number(time)), number: Number(number), priority }
    },
  }
}

const TIMES = {
  created: Prisma.sql`t.created_at`,
  activity: Prisma.sql`t.last_activity_at`,
  attended: Prisma.sql`a.last_at`,
}

/** What a statement that reads tickets in an order is put together from; each list of columns is in the order of one index. */
export interface OrderSql {
  /** The place of a ticket: `number`, `at` and, where it decides, `rank`. */
  columns: Prisma.Sql
  /** Whether a ticket lies beyond the place that the page is asked for by. */
  beyond: Prisma.Sql
  /** After ORDER BY, where `t` is. */
  inner: Prisma.Sql
  /** After ORDER BY, where there are only places. */
  outer: Prisma.Sql
}

/** @param request with the direction in which is read; what comes first then is what lies next to the place */
export function orderSql(sort: Sort, { direction, from }: PageRequest<Place>): OrderSql {
  const descending = sort.descending === (direction === 'forward')
  const number = sort.time === 'attended' ? Prisma.sql`a.ticket_number` : Prisma.sql`t.number`
  const time = TIMES[sort.time]
  const rank = (column: Prisma.Sql) => (sort.byPriority ? [column] : [])
  const key = [...rank(Prisma.sql`t.priority`), time, number]
  const place = from && [
    ...rank(Prisma.sql`${from.priority}::priority`),
    Prisma.sql`${from.at}::timestamptz`,
    Prisma.sql`${from.number}::int`,
  ]
  const compared = descending ? Prisma.sql`<` : Prisma.sql`>`
  return {
    columns: Prisma.join([
      Prisma.sql`${number} AS number`,
      Prisma.sql`${time} AS at`,
      ...rank(Prisma.sql`t.priority AS rank`),
    ]),
    beyond: place ? Prisma.sql`(${Prisma.join(key)}) ${compared} (${Prisma.join(place)})` : Prisma.sql`true`,
    inner: ordered(key, descending),
    outer: ordered([...rank(Prisma.sql`rank`), Prisma.sql`at`, Prisma.sql`number`], descending),
  }
}

const ordered = (columns: Prisma.Sql[], descending: boolean) =>
  Prisma.join(columns.map(column => (descending ? Prisma.sql`${column} DESC` : column)))
