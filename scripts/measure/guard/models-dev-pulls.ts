/** The recorded states of models.dev, oldest first: one a day or one a commit, then two whole bodies. */
import { join } from 'node:path'
import * as z from 'zod'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { type RecordedPull, type Rows, readGzip } from './recorded-pull.ts'

const Row = z.looseObject({
  cost: z.looseObject({ input: z.number().optional(), output: z.number().optional() }).optional(),
})
type Row = z.infer<typeof Row>
const Delta = z.looseObject({
  date: z.string(),
  /** Absent where the day was recorded without its commits. */
  at: z.string().optional(),
  models: z.object({ set: z.record(z.string(), Row), del: z.array(z.string()) }),
})
const Body = z.record(z.string(), z.looseObject({ models: z.record(z.string(), Row) }))

/** Whole bodies, each some time after the last day that is recorded. */
export const BODIES = ['2026-07-01', '2026-09-30']

export function* readModelsDevDays(folder: string, commits: boolean): Generator<RecordedPull> {
  const text = readGzip(join(folder, 'models-dev/history', commits ? 'commits.ndjson.gz' : 'daily.ndjson.gz'))
  const models = new Map<string, Map<string, GuardedRow>>()
  let providers: ReadonlyMap<string, Rows> = new Map()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const delta = Delta.parse(JSON.parse(line))
    providers = withChanges(providers, models, applyDelta(models, delta.models))
    const endOfDay = `${delta.date}T23:59:59Z`
    const at = commits ? (delta.at ?? endOfDay) : endOfDay
    yield { label: commits ? at.slice(0, 16) : delta.date, at: Date.parse(at), providers }
  }
}

export function readModelsDevBody(folder: string, date: string): RecordedPull {
  const body = Body.parse(JSON.parse(readGzip(join(folder, 'models-dev', `api-${date}.json.gz`))))
  const providers = Object.entries(body).map(([provider, { models }]): [string, Rows] => [
    provider,
    Object.entries(models).map(([value, row]) => toGuardedRow(provider, value, row)),
  ])
  return { label: `${date} (body)`, at: Date.parse(`${date}T23:59:59Z`) + 1, providers: new Map(providers) }
}

/** The providers that it changed. */
function applyDelta(
  models: Map<string, Map<string, GuardedRow>>,
  { set, del }: z.infer<typeof Delta>['models'],
): Set<string> {
  const changed = new Set<string>()
  for (const key of del) {
    const [provider, value] = splitKey(key)
    models.get(provider)?.delete(value)
    changed.add(provider)
  }
  for (const [key, row] of Object.entries(set)) {
    const [provider, value] = splitKey(key)
    const rows = models.get(provider) ?? new Map<string, GuardedRow>()
    models.set(provider, rows.set(value, toGuardedRow(provider, value, row)))
    changed.add(provider)
  }
  return changed
}

function withChanges(
  providers: ReadonlyMap<string, Rows>,
  models: ReadonlyMap<string, ReadonlyMap<string, GuardedRow>>,
  changed: ReadonlySet<string>,
): Map<string, Rows> {
  const next = new Map(providers)
  for (const provider of changed) {
    const rows = [...(models.get(provider)?.values() ?? [])]
    if (rows.length > 0) next.set(provider, rows)
    else next.delete(provider)
  }
  return next
}

function splitKey(key: string): [provider: string, value: string] {
  const slash = key.indexOf('/')
  return [key.slice(0, slash), key.slice(slash + 1)]
}

function toGuardedRow(provider: string, value: string, { cost }: Row): GuardedRow {
  return {
    provider,
    value,
    ...(cost?.input !== undefined && { input: cost.input }),
    ...(cost?.output !== undefined && { output: cost.output }),
  }
}
