/** What the page of results shows of one version, however it was counted. */
export interface Figures {
  responses: number
  /** By id of the question. */
  questions: Map<number, QuestionFigures>
  months: MonthFigures[]
  /** By the main score. */
  areas: Ranked[]
  categories: Ranked[]
  agents: Ranked[]
}

export interface QuestionFigures {
  /** How many answered it. */
  answered: number
  /** How often each answer was given: by option, point of the scale, 1 or 0 for yes or no. */
  counts: Map<number, number>
}

/** Scores that were given. */
export interface Score {
  count: number
  total: number
}

export interface MonthFigures {
  /** YYYY-MM */
  month: string
  responses: number
  score: Score
}

/** An area, category or agent with the scores that it was given. */
export interface Ranked extends Score {
  id: number
}

/** @returns null when there is nothing to take the mean of */
export const meanOf = ({ count, total }: Score): number | null => (count > 0 ? total / count : null)

/** The scores of a question with a scale. */
export function scoreOf(counts: ReadonlyMap<number, number>): Score {
  let [count, total] = [0, 0]
  for (const [point, times] of counts) {
    count += times
    total += point * times
  }
  return { count, total }
}

/** The value in the middle, or the mean of the two that are. @returns null when there is none */
export function medianOf(counts: ReadonlyMap<number, number>): number | null {
  const { count } = scoreOf(counts)
  if (count === 0) return null
  const points = [...counts].sort(([one], [other]) => one - other)
  const at = (place: number) => {
    let passed = 0
    for (const [point, times] of points) {
      passed += times
      if (place < passed) return point
    }
    return 0
  }
  return (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2
}
