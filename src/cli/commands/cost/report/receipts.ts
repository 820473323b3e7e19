/** One line of JSON per row: its cost, and the prices and rules that led to it; or why it is unknown. */

import { type FileHandle, open } from 'node:fs/promises'
import { CommandError } from '../../../shared/command.ts'
import { fileReason } from '../../../shared/files.ts'
import type { RowProblem } from '../formats/usage-row.ts'
import type { ModelPrices } from '../price/model-prices.ts'
import type { PricedRow } from '../price/price-row.ts'
import type { Priced } from './cost-report.ts'

/** The number of lines per write. */
const PIECE = 500

export class Receipts {
  readonly #file: FileHandle
  #lines: string[] = []

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Overwrites an existing file. */
  static async open(path: string): Promise<Receipts> {
    const file = await open(path, 'w').catch((error) => {
      throw new CommandError(`Cannot write "${path}": ${fileReason(error, 'folder')}`)
    })
    return new Receipts(file)
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

  /** Waits for the disk once there are enough lines for a write. */
  async flush(isEnd = false): Promise<void> {
    if (this.#lines.length === 0 || (this.#lines.length < PIECE && !isEnd)) return
    const text = `${this.#lines.join('\n')}\n`
    this.#lines = []
    await this.#file.writeFile(text).catch((error) => {
      throw new CommandError(`Cannot write the receipts: ${fileReason(error, 'file')}`)
    })
  }

  async end(): Promise<void> {
    await this.flush(true)
    await this.#file.close()
  }
}

function receiptOf({ provider, value, version }: ModelPrices, { cost, period }: PricedRow): object {
  const { pricing: _, ...ofPeriod } = period
  return { model: `${provider}/${value}`, version, period: ofPeriod, ...cost }
}

function timeOf(instant: number): string {
  return new Date(instant).toISOString()
}
