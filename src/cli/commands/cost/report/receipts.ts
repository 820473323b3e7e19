/** One line of JSON for each row: what it cost, by which prices, and why it did not cost another sum; or why that is unknown. */

import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { CommandError } from '../../../shared/command.ts'
import { fileReason } from '../../../shared/files.ts'
import type { RowProblem } from '../formats/usage-row.ts'
import type { ModelPrices } from '../price/model-prices.ts'
import type { PricedRow } from '../price/price-row.ts'
import type { Priced } from './cost-report.ts'

/** Lines are written in pieces of this many. */
const PIECE = 500

export class Receipts {
  readonly #path: string
  readonly #stream: WriteStream
  #lines: string[] = []
  #error: unknown

  constructor(path: string) {
    this.#path = path
    this.#stream = createWriteStream(path)
    this.#stream.on('error', (error) => {
      this.#error = error
    })
  }

  add(file: string, { row, model, priced, whatIf }: Priced): void {
    const { record, span } = row
    const covers = span.until > span.from ? { until: timeOf(span.until) } : {}
    const receipt = { file, record, at: timeOf(span.from), ...covers, ...receiptOf(model, priced) }
    this.#lines.push(JSON.stringify(whatIf ? { ...receipt, whatIf: whatIf.cost } : receipt))
  }

  refuse(file: string, record: number, model: string, { code, detail }: RowProblem): void {
    this.#lines.push(JSON.stringify({ file, record, ...(model && { model }), problem: { code, detail } }))
  }

  /** Waits where the disk is slower than the prices. */
  async flush(isEnd = false): Promise<void> {
    if (this.#error) throw new CommandError(`Cannot write "${this.#path}": ${fileReason(this.#error, 'file')}`)
    if (this.#lines.length === 0 || (this.#lines.length < PIECE && !isEnd)) return
    const text = `${this.#lines.join('\n')}\n`
    this.#lines = []
    if (!this.#stream.write(text)) await Promise.race([once(this.#stream, 'drain'), once(this.#stream, 'close')])
  }

  async end(): Promise<void> {
    await this.flush(true)
    this.#stream.end()
    if (!this.#stream.closed) await once(this.#stream, 'close')
    await this.flush(true)
  }
}

function receiptOf({ provider, value, version }: ModelPrices, { cost, period }: PricedRow): object {
  const { pricing: _, ...ofPeriod } = period
  return { model: `${provider}/${value}`, version, period: ofPeriod, ...cost }
}

function timeOf(instant: number): string {
  return new Date(instant).toISOString()
}
