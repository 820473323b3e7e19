/** Prices rows one by one into a report and receipts. With `--what-if`, a row counts only if both costs are known. */
import type { Result } from '../../../core/failure.ts'
import type { RowProblem, UsageRow } from './formats/usage-row.ts'
import type { ModelPrices } from './price/model-prices.ts'
import type { PriceBook } from './price/price-book.ts'
import { type PricedRow, type PriceOptions, priceRow } from './price/price-row.ts'
import { standardUsage } from './price/standard-usage.ts'
import type { CostReport, RecordPlace } from './report/cost-report.ts'
import type { Receipts } from './report/receipts.ts'

export interface PricerParts {
  book: PriceBook
  options: PriceOptions
  whatIf?: string | undefined
  report: CostReport
  receipts?: Receipts | undefined
}

/** Which row a problem is of. */
export interface RowPlace extends RecordPlace {
  model: string
}

type Found = Result<{ model: ModelPrices; priced: PricedRow }, RowProblem>

export class RowPricer {
  readonly #parts: PricerParts

  constructor(parts: PricerParts) {
    this.#parts = parts
  }

  async price(row: UsageRow, file: string): Promise<void> {
    const place = { file, record: row.record, model: nameOf(row) }
    const own = await this.#priced(row)
    if (!own.ok) return this.refuse(place, own.failure)
    const { whatIf, report, receipts } = this.#parts
    const other = whatIf === undefined ? undefined : await this.#priced(askedAs(row, whatIf))
    if (other && !other.ok) return this.refuse({ ...place, model: `${place.model} with ${whatIf}` }, other.failure)
    const priced = { row, ...own.value, whatIf: other?.value.priced }
    report.add(priced)
    receipts?.add(file, priced)
  }

  refuse({ file, record, model }: RowPlace, problem: RowProblem): void {
    this.#parts.report.refuse({ file, record }, model, problem)
    this.#parts.receipts?.refuse(file, record, model, problem)
  }

  skip(reason: string): void {
    this.#parts.report.remark(`skipped: ${reason}`)
  }

  async flush(): Promise<void> {
    await this.#parts.receipts?.flush()
  }

  async end(repeated: number): Promise<void> {
    this.#parts.report.remark('skipped: a duplicate row', repeated)
    await this.#parts.receipts?.end()
  }

  async #priced(row: UsageRow): Promise<Found> {
    const { book, options } = this.#parts
    const model = book.find(row) ?? (await book.load(row))
    if ('problem' in model) return { ok: false, failure: model.problem }
    const priced = priceRow(row, model, options)
    return priced.ok ? { ok: true, value: { model, priced: priced.value } } : priced
  }
}

function nameOf({ provider, model }: UsageRow): string {
  return provider === undefined ? model : `${provider}/${model}`
}

/** The same usage with another model, in its default mode. */
function askedAs(row: UsageRow, model: string): UsageRow {
  return { ...row, model, provider: undefined, mode: undefined, usage: standardUsage(row.usage) }
}
