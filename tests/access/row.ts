import type { TestApplication } from '../support/application.ts'

/** What the cells of a row are about. */
interface Given {
  /** Of the route's path, by name. */
  parameters: Record<string, string | number>
  /** Sent besides the row's own form, such as the version. */
  form?: Record<string, string | number>
}

/** One route. */
export interface Row {
  /** One answer per person, in the order of `people` in tests/access-matrix.test.ts; `in` leads to the sign-in page. */
  answers: string
  /** For writes: what is sent. */
  form?: Record<string, string | number>
  /** Makes what the path names, anew for each cell. */
  given?: () => Promise<Given>
}

/** The rows of a slice, by method and path. */
export type RowsOf = (application: TestApplication) => Record<string, Row>
