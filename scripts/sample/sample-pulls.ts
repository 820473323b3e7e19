/** The sample in the format of the sources, for a registry to read and build. */
import type { JsonObject } from '../../src/sources/field-reader.ts'
import type { Day } from '../backfill/send-days.ts'
import type { SourcePull } from '../shared/sources-alone.ts'
import { type ListedDay, readSampleDays, type SampleDay, type SampleProvider, type SampleScore } from './sample-days.ts'
import { rowOf, type SampleModel } from './sample-model.ts'

/** The body of `POST /v1/admin/pulls`. */
export type SamplePull = { fetchedAt: string } & (
  | { source: 'models.dev'; pages: [JsonObject] }
  | { source: 'epoch'; body: string }
)

export interface Sample {
  /** The past, to be replayed. */
  days: Day[]
  /** The pulls after it, oldest first. */
  pulls: SamplePull[]
}

export function readSample(days: readonly SampleDay[] = readSampleDays()): Sample {
  const firstPull = days.findIndex(({ source }) => source !== 'models.dev')
  const past = days.slice(0, firstPull).filter((day) => day.source === 'models.dev')
  return {
    days: past.map((day, index) => replayedDay(past[index - 1], day)),
    pulls: days.slice(firstPull).map(pullOf),
  }
}

/** The last pull of each source. */
export function lastPullsOf({ pulls }: Sample): SourcePull[] {
  const pages = pulls.map(
    (pull): SourcePull => ({
      source: pull.source,
      pages: 'body' in pull ? [pull.body] : pull.pages,
    }),
  )
  return [...new Map(pages.map((pull) => [pull.source, pull])).values()]
}

/** A day means its end. */
const endOf = (day: string): string => `${day}T23:59:59.999Z`

function replayedDay(before: ListedDay | undefined, { day, providers, models }: ListedDay): Day {
  const delta = {
    providers: changesOf(before?.providers, providers, factsOf),
    models: changesOf(before?.models, models, (model, key) => ({
      id: key.slice(key.indexOf('/') + 1),
      ...rowOf(model),
    })),
  }
  return { at: endOf(day), source: 'models.dev', delta }
}

function changesOf<T>(
  before: ReadonlyMap<string, T> = new Map(),
  now: ReadonlyMap<string, T>,
  toJson: (facts: T, key: string) => JsonObject,
) {
  // Unchanged models are the same object on both days.
  const changed = [...now].filter(([key, facts]) => before.get(key) !== facts)
  return {
    set: Object.fromEntries(changed.map(([key, facts]) => [key, toJson(facts, key)])),
    del: [...before.keys()].filter((key) => !now.has(key)),
  }
}

function factsOf({ name, api: { baseUrl, npm, env, docs } = {} }: SampleProvider, id: string): JsonObject {
  return {
    id,
    name,
    ...(env && { env }),
    ...(npm && { npm }),
    ...(baseUrl && { api: baseUrl }),
    ...(docs && { doc: docs }),
  }
}

function pullOf(day: SampleDay): SamplePull {
  const fetchedAt = endOf(day.day)
  if (day.source === 'epoch') return { source: day.source, fetchedAt, body: csvOf(day.scores) }
  return { source: day.source, fetchedAt, pages: [bodyOf(day)] }
}

function bodyOf({ providers, models }: ListedDay): JsonObject {
  const body: Record<string, JsonObject & { models: Record<string, JsonObject> }> = {}
  for (const [id, provider] of providers) body[id] = { ...factsOf(provider, id), models: {} }
  for (const [key, model] of models) addRow(body, key, model)
  return body
}

function addRow(body: Record<string, { models: Record<string, JsonObject> }>, key: string, model: SampleModel): void {
  const slash = key.indexOf('/')
  const listed = body[key.slice(0, slash)]
  const id = key.slice(slash + 1)
  if (listed) listed.models[id] = { id, ...rowOf(model) }
}

function csvOf(scores: readonly SampleScore[]): string {
  const lines = scores.map(({ score, epochCapabilitiesIndex, releaseDate = '', organization = '' }) =>
    [score, String(epochCapabilitiesIndex), releaseDate, organization].map(quoted).join(','),
  )
  return `${['Model,eci,date,Organization', ...lines].join('\n')}\n`
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
