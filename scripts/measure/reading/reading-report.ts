/** What `measure-reading` prints. */
import { basename } from 'node:path'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { textTable } from '../../../src/cli/shared/table.ts'
import type { Unread } from '../../../src/core/statements/statement.ts'
import { readModelsDev } from '../../../src/sources/models-dev/read-body.ts'
import type { BodyMeasure } from './measure-body.ts'
import { recordedDays } from './recorded-days.ts'

export function describeBody(name: string, { rows, models, rejected, unread, sums, differing }: BodyMeasure): string {
  return [
    `${name}: ${models.length} of ${rows} rows kept, ${rejected.length} rejected`,
    ...rejected.map(({ provider, id, reason }) => `  ${provider}/${id} ${reason}`),
    textTable('Not read', ['field', 'values'], unread.map(cellsOf)),
    ...unread.map(({ field, example }) => `  ${field}, such as ${example}`),
    `Sums by provider: ${sums.length === 0 ? "equal the source's" : `${sums.length} differ`}`,
    ...sums.map((text) => `  ${text}`),
    `Independent reading of every row: ${differing.length} differ`,
    ...differing.map((text) => `  ${text}`),
  ].join('\n')
}

function cellsOf({ field, count }: Unread): string[] {
  return [field, String(count)]
}

/** On how many days, and how often, a field could not be read. */
interface Span {
  days: number
  from: string
  to: string
  most: number
}

export function describeHistory(file: string): string {
  const spans = new Map<string, Span>()
  const rejected = new Set<string>()
  let days = 0
  for (const { date, body } of recordedDays(file)) {
    const result = readModelsDev(body)
    if (!result.ok) throw new CommandError(`${date}: ${result.failure.detail}`)
    days += 1
    for (const unread of result.value.unread) extend(spans, date, unread)
    for (const { provider, id, reason } of result.value.rejected) rejected.add(`  ${provider}/${id} ${reason}`)
  }
  const lines = [...spans].map(([field, { days: on, from, to, most }]) => [field, String(on), from, to, String(most)])
  return [
    `${basename(file)}: all ${days} days are read, ${rejected.size} rows rejected`,
    ...rejected,
    textTable('Not read', ['field', 'days', 'from', 'to', 'most'], lines),
  ].join('\n')
}

function extend(spans: Map<string, Span>, date: string, { field, count }: Unread): void {
  const span = spans.get(field) ?? { days: 0, from: date, to: date, most: 0 }
  spans.set(field, { ...span, days: span.days + 1, to: date, most: Math.max(span.most, count) })
}
