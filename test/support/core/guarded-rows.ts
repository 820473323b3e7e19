/** Rows as the guard compares them, and typical faults in them. */
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'

/** `count` rows of one provider, each with every fact. */
export const guardedRows = (count: number, facts: Partial<GuardedRow> = {}): GuardedRow[] =>
  Array.from({ length: count }, (_, index) => ({
    provider: 'acme',
    value: `m${index}`,
    input: 1,
    output: 2,
    speed: 80,
    score: 50,
    ...facts,
  }))

/** The first `count` rows changed, the rest as they are. */
export const withFirst = (
  rows: readonly GuardedRow[],
  count: number,
  change: (row: GuardedRow) => GuardedRow,
): GuardedRow[] => rows.map((row, index) => (index < count ? change(row) : row))

export const without =
  (...fields: (keyof GuardedRow)[]) =>
  (row: GuardedRow): GuardedRow => {
    const rest = { ...row }
    for (const field of fields) delete rest[field]
    return rest
  }

export const withFactor =
  (factor: number, ...fields: ('input' | 'output' | 'speed' | 'score')[]) =>
  (row: GuardedRow): GuardedRow => ({
    ...row,
    ...Object.fromEntries(fields.map((field) => [field, (row[field] ?? 0) * factor])),
  })
