/**
 * The format of the sample's file, lines of JSON: a day, then what was new or different on it. A changed model has its new
 * facts, `null` for facts that are no longer known, and `"gone": true` if it was no longer listed.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ProviderApi } from '../../src/core/schema/model.ts'
import type { SampleModel } from './sample-model.ts'

export interface SampleProvider {
  name: string
  api?: ProviderApi
}

export interface SampleScore {
  score: string
  organization?: string
  releaseDate?: string
  epochCapabilitiesIndex: number
}

/** What models.dev listed at the end of a day. */
export interface ListedDay {
  day: string
  source: 'models.dev'
  providers: Map<string, SampleProvider>
  /** By "provider/value". */
  models: Map<string, SampleModel>
}

interface ScoredDay {
  day: string
  source: 'epoch'
  scores: SampleScore[]
}

export type SampleDay = ListedDay | ScoredDay

type Patch<T> = { [K in keyof T]?: T[K] | null } | { gone: true }

export type SampleLine =
  | Pick<SampleDay, 'day' | 'source'>
  | SampleScore
  | ({ provider: string } & Patch<SampleProvider>)
  | ({ model: string } & Patch<SampleModel>)

export const SAMPLE_FILE = fileURLToPath(new URL('facts.ndjson', import.meta.url).href)

/** The first and the last day of what models.dev listed, and the day of Epoch's scores. */
export const SAMPLE_DAYS = { first: '2025-06-30', scored: '2026-08-11', last: '2026-09-30' } as const

/** Oldest first, each complete. */
export function readSampleDays(text = readFileSync(SAMPLE_FILE, 'utf8')): SampleDay[] {
  const days: SampleDay[] = []
  for (const line of text.trimEnd().split('\n')) addLine(days, JSON.parse(line) as SampleLine) // part of the project, and checked by its test
  return days
}

function addLine(days: SampleDay[], line: SampleLine): void {
  if ('day' in line) {
    days.push(startDay(days, line))
    return
  }
  const day = days.at(-1)
  if (day?.source === 'epoch' && 'score' in line) day.scores.push(line)
  if (day?.source !== 'models.dev' || 'score' in line) return
  if ('provider' in line) applyPatch(day.providers, line.provider, line)
  else applyPatch(day.models, line.model, line)
}

function startDay(days: readonly SampleDay[], { day, source }: Pick<SampleDay, 'day' | 'source'>): SampleDay {
  if (source === 'epoch') return { day, source, scores: [] }
  const last = days.findLast((known) => known.source === 'models.dev')
  return { day, source, providers: new Map(last?.providers), models: new Map(last?.models) }
}

function applyPatch<T>(known: Map<string, T>, key: string, line: object): void {
  if ('gone' in line) {
    known.delete(key)
    return
  }
  const { provider: _, model: __, ...changes }: Record<string, unknown> = { ...line }
  const facts = Object.entries({ ...known.get(key), ...changes }).filter(([, fact]) => fact !== null)
  known.set(key, Object.fromEntries(facts) as T) // a first line has every fact, later ones only change some
}
