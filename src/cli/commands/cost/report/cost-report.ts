/** Exact sums grouped by the requested columns, and separately the rows without a price and why. */
import { type Decimal, plus, ZERO } from '../../../../core/pricing/decimal.ts'
import type { RowProblem, UsageRow } from '../formats/usage-row.ts'
import type { ModelPrices } from '../price/model-prices.ts'
import type { PricedRow } from '../price/price-row.ts'
import { valuesOf } from './columns.ts'

export interface CostSum {
  /** In the order of the columns. */
  values: string[]
  rows: number
  usd: Decimal
  /** For the model of `--what-if`. */
  whatIf: Decimal
}

export interface Unpriced {
  model: string
  /** From the first such row. */
  problem: RowProblem
  rows: number
  /** The first such records, as examples. */
  records: RecordPlace[]
}

export interface RecordPlace {
  file: string
  record: number
}

/** Remarks on the rows: a text, and the number of rows that it applies to. */
export type Remark = [text: string, rows: number]

export interface Priced {
  row: UsageRow
  model: ModelPrices
  priced: PricedRow
  whatIf?: PricedRow | undefined
}

const MAX_RECORDS = 3

export class CostReport {
  readonly by: readonly string[]
  readonly total: CostSum = emptySum([])
  readonly #sums = new Map<string, CostSum>()
  readonly #unpriced = new Map<string, Unpriced>()
  readonly #remarks = new Map<string, number>()

  constructor(by: readonly string[]) {
    this.by = by
  }

  /** By the values of their columns. */
  get sums(): CostSum[] {
    return [...this.#sums.values()].sort((a, b) => compareTexts(a.values, b.values))
  }

  /** The most frequent first. */
  get unpriced(): Unpriced[] {
    return [...this.#unpriced.values()].sort((a, b) => b.rows - a.rows)
  }

  get remarks(): Remark[] {
    return [...this.#remarks]
  }

  add({ row, model, priced, whatIf }: Priced): void {
    const values = valuesOf(this.by, row, model)
    const key = JSON.stringify(values)
    const sum = this.#sums.get(key) ?? emptySum(values)
    this.#sums.set(key, sum)
    for (const each of [sum, this.total]) {
      each.rows++
      each.usd = plus(each.usd, priced.exact)
      if (whatIf) each.whatIf = plus(each.whatIf, whatIf.exact)
    }
    this.#remarkOn(row, priced)
  }

  refuse({ file, record }: RecordPlace, model: string, problem: RowProblem): void {
    const key = JSON.stringify([model, problem.code, problem.about ?? problem.detail])
    const unpriced = this.#unpriced.get(key) ?? { model, problem, rows: 0, records: [] }
    this.#unpriced.set(key, unpriced)
    unpriced.rows++
    if (unpriced.records.length < MAX_RECORDS) unpriced.records.push({ file, record })
  }

  remark(text: string, rows = 1): void {
    if (rows > 0) this.#remarks.set(text, (this.#remarks.get(text) ?? 0) + rows)
  }

  #remarkOn({ usage }: UsageRow, { cost, isAssumedShort }: PricedRow): void {
    if (isAssumedShort) this.remark('priced as if no prompt reached a tier (--assume-short-prompts)')
    if (cost.lines.some(({ assumed }) => assumed))
      this.remark('with cached tokens priced as input (--assume-input-price)')
    for (const key of cost.ignored ?? [])
      if (isSome(Object(usage)[key])) this.remark(`with "${key}", which does not affect the sums`)
  }
}

function emptySum(values: string[]): CostSum {
  return { values, rows: 0, usd: ZERO, whatIf: ZERO }
}

/** The values of APIs for a request that was served in the default way. */
const USUAL = new Set(['', 'global', 'not_available', 'standard', 'default'])

/** Whether an ignored value is worth a remark: a number other than 0, or a service tier that is not the default. */
function isSome(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(isSome)
  return typeof value === 'string' ? !USUAL.has(value) : typeof value === 'number' && value !== 0
}

function compareTexts(some: string[], others: string[]): number {
  for (const [index, text] of some.entries()) {
    const other = others[index] ?? ''
    if (text !== other) return text < other ? -1 : 1
  }
  return 0
}
