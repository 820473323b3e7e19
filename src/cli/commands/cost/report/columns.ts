/** The columns of `--by`, by which sums are grouped. */
import { fieldAt } from '../formats/fields.ts'
import type { UsageRow } from '../formats/usage-row.ts'
import type { ModelPrices } from '../price/model-prices.ts'

const DAY_LENGTH = 10
const MONTH_LENGTH = 7

/** Names with a special meaning, whatever columns the file has. */
const OWN: Record<string, (row: UsageRow, model: ModelPrices) => string> = {
  day: ({ span }) => new Date(span.from).toISOString().slice(0, DAY_LENGTH),
  month: ({ span }) => new Date(span.from).toISOString().slice(0, MONTH_LENGTH),
  model: (_, { provider, value }) => `${provider}/${value}`,
  provider: (_, { provider }) => provider,
}

/** The values of a row, in the order of the names. */
export function valuesOf(by: readonly string[], row: UsageRow, model: ModelPrices): string[] {
  return by.map((name) => {
    const own = Object.hasOwn(OWN, name) ? OWN[name] : undefined
    return own ? own(row, model) : textOf(fieldAt(row.columns, name))
  })
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`
}
