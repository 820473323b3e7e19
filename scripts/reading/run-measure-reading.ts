/** The whole of `measure-reading` but for the process around it. */
import { basename } from 'node:path'
import type { Unread } from '../../src/core/build/statement.ts'
import { readModelsDev } from '../../src/sources/models-dev/read-body.ts'
import { CommandError } from '../command.ts'
import { readJsonFile } from '../json-file.ts'
import { textTable } from '../ten-years/text-table.ts'
import type { Output } from '../terminal.ts'
import { type BodyMeasure, measureBody } from './measure-body.ts'
import { READING_HELP, readReadingOptions } from './reading-options.ts'
import { recordedDays } from './recorded-days.ts'

export async function runMeasureReading(args: string[], output: Output): Promise<number> {
  const options = readReadingOptions(args)
  if (options === undefined) {
    output.write(`${READING_HELP}\n`)
    return 0
  }
  for (const file of options.bodies)
    output.write(`${describeBody(basename(file), measureBody(await readJsonFile(file)))}\n\n`)
  if (options.history !== undefined) output.write(`${describeHistory(options.history)}\n`)
  return 0
}

function describeBody(name: string, { rows, models, rejected, unread, sums, differing }: BodyMeasure): string {
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

function describeHistory(file: string): string {
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
