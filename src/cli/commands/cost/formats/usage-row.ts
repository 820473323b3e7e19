/** The usage in a record of a file: rows to price, or why there is nothing to price. */

/** Unix milliseconds, half-open; an instant where both are the same. */
export interface TimeSpan {
  from: number
  until: number
}

/** What is known of the prompts of several requests whose usage is one sum. */
export interface RequestSum {
  /** Every prompt had more tokens than this. */
  above?: number
  /** No prompt had more tokens than this. */
  upTo?: number
}

export interface UsageRow {
  record: number
  model: string
  provider?: string | undefined
  span: TimeSpan
  /** In the shape of an API. */
  usage: object
  mode?: string | undefined
  /** The usage of several requests, or of an unknown number of them. */
  sum?: RequestSum | undefined
  /** Rows of one id are one request. */
  id?: string | undefined
  /** The other columns of the record, for grouping. */
  columns: Record<string, unknown>
}

export interface RowProblem {
  code: string
  detail: string
  /** The subject of the problem besides the model: rows with the same code and subject have the same problem. */
  about?: string | undefined
}

/** For a record with usage that cannot be priced. */
export interface UnreadableRow {
  record: number
  model?: string | undefined
  columns: Record<string, unknown>
  problem: RowProblem
}

/** For a record without usage, or with usage that cost nothing. */
export interface SkippedRecord {
  record: number
  skipped: string
}

export type RowReading = UsageRow | UnreadableRow | SkippedRecord

/** What the caller knows of the file. */
export interface ReadOptions {
  /** The columns of a file of no known format; found by their usual names otherwise. */
  modelColumn?: string | undefined
  timeColumn?: string | undefined
  /** For rows without a provider. */
  provider?: string | undefined
  /** Columns that are not usage, whatever their names. */
  ignore: ReadonlySet<string>
  /** Times without a zone are UTC. */
  isUtc: boolean
}

/** One kind of file. */
export interface UsageFormat {
  matches(fields: Record<string, unknown>): boolean
  read(record: number, fields: Record<string, unknown>, options: ReadOptions): RowReading[]
}
