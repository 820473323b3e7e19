import { describe, expect, it } from 'vitest'
import { readNaively, type ServedProvider } from '../../../scripts/measure/reading/naive-reading.ts'
import { canonicalize, compareText } from '../../../src/core/json/canonical.ts'
import type { Manifest, ModelHistory, VersionInfo } from '../../../src/core/schema/history.ts'
import type { Model, Provider } from '../../../src/core/schema/model.ts'
import { bytesOf, type OpenedRegistry, unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import {
  hasRecordedHistory,
  type RecordedDay,
  ReplayedHistory,
  readPriceChanges,
  readRecordedHistory,
} from '../../support/registry/recorded/recorded-history.ts'
import { expectWholeHistory } from '../../support/registry/stored/whole-history.ts'

const why = hasRecordedHistory ? '' : ' (skipped: RECORDED_DATA is not set)'
const VARS = { AA_API_KEY: '', MODELS_DEV_URL: 'https://models.dev/api.json' }
const BATCH = 20
/** One random day out of this many is compared completely: ten in all, spread over every schema so far. */
const ONE_IN = 31

describe.skipIf(!hasRecordedHistory)(`the recorded history of models.dev${why}`, () => {
  it('is replayed exactly: every fact that is kept, and every price over time', { timeout: 300_000 }, () =>
    withRegistry(
      async (opened) => {
        const days = await readRecordedHistory()
        await sendAll(opened, days)
        const commits = opened.commits()
        expect(unwrap(opened.registry.backfillState())).toEqual({ lastAt: days.at(-1)?.at, commits: commits.length })
        expect(new Set(commits.map(({ cause }) => cause))).toEqual(new Set(['backfill']))
        expect(days.length - commits.length).toBeLessThanOrEqual(2)
        expectSameFacts(opened, days, commits)
        for (const [provider, model] of PRICED)
          await expectSamePrices({ registry: opened.registry, commits }, provider, model)
        expectWholeHistory(opened, 50)
      },
      { vars: VARS },
    ),
  )
})

function sendAll({ registry }: OpenedRegistry, days: readonly RecordedDay[]): void {
  for (let start = 0; start < days.length; start += BATCH) {
    const batch = days.slice(start, start + BATCH).map(({ at, ...delta }) => ({ at, source: 'models.dev', delta }))
    unwrap(registry.backfill(bytesOf({ days: batch })))
  }
}

function expectSameFacts(opened: OpenedRegistry, days: readonly RecordedDay[], commits: readonly VersionInfo[]): void {
  const replayed = new ReplayedHistory()
  const chosen = new Set(
    Array.from({ length: Math.ceil(days.length / ONE_IN) }, (_, stretch) =>
      Math.min(chooseIn(stretch), days.length - 1),
    ),
  )
  for (const [index, day] of days.entries()) {
    replayed.apply(day)
    if (!chosen.has(index)) continue
    const commit = commits.findLast(({ committedAt }) => committedAt <= day.at)
    expect(commit, day.date).toBeDefined()
    expect(differences(opened.manifest(commit?.seq ?? 0), replayed.body()), day.date).toEqual([])
  }
}

const chooseIn = (stretch: number): number => stretch * ONE_IN + Math.floor(Math.random() * ONE_IN)

function differences({ providers, models }: Manifest, body: readonly ServedProvider[]): string[] {
  const ours = new Map(models.map((model) => [`${model.provider}/${model.value}`, canonicalize(factsOf(model))]))
  const theirs = new Map(
    body.flatMap((provider) =>
      Object.values(provider.models).map((row) => [
        `${provider.id}/${row.id.trim()}`,
        canonicalize(flatten(provider, row)),
      ]),
    ),
  )
  const different = [...new Set([...ours.keys(), ...theirs.keys()])].filter((key) => ours.get(key) !== theirs.get(key))
  const named = different.map((key) => `${key}\n  ours  ${ours.get(key)}\n  other ${theirs.get(key)}`)
  return [...named, ...providerDifferences(providers, body)]
}

/** The facts that the registry adds: the family and what is derived from it, and other derived facts. */
const ADDED = ['alias', 'family', 'lab', 'firstParty', 'type', 'blended']

const factsOf = (model: Model): unknown => without(ADDED, { ...model, pricing: without(ADDED, model.pricing) })

function without(keys: readonly string[], facts: object | undefined): object | undefined {
  return facts && Object.fromEntries(Object.entries(facts).filter(([key]) => !keys.includes(key)))
}

function flatten(provider: ServedProvider, row: ServedProvider['models'][string]): unknown {
  const { facts, ...identity }: Record<string, unknown> = Object(readNaively(provider, row))
  return { status: 'active', ...without(['source', 'canonicalId'], identity), ...Object(facts) }
}

function providerDifferences(ours: readonly Provider[], body: readonly ServedProvider[]): string[] {
  const factsOfProvider = ({ value, name, api }: Provider) =>
    canonicalize([value, name, api?.npm, api?.baseUrl, api?.env?.join(), api?.docs].map((fact) => fact ?? ''))
  const theirs = body.map(({ id, name, npm, api, env, doc }: ServedProvider & { env?: string[]; doc?: string }) =>
    canonicalize([id, name, npm, api, env?.join(), doc].map((fact) => fact ?? '')),
  )
  const known = new Set(ours.map(factsOfProvider))
  return theirs.filter((text) => !known.has(text))
}

const PRICED = [
  ['openai', 'gpt-4o'],
  ['anthropic', 'claude-3-5-sonnet-20241022'],
  ['google', 'gemini-2.5-pro'],
  ['deepseek', 'deepseek-chat'],
] as const
const FIELDS: Record<string, string> = {
  input: 'pricing.input',
  output: 'pricing.output',
  cache_read: 'pricing.cacheRead',
  cache_write: 'pricing.cacheWrite',
}

/**
 * Long contexts are left out: they were a separate key until 2026-05-12 and a tier since, but are the same fact here.
 */
async function expectSamePrices({ registry, commits }: PricedRegistry, provider: string, value: string): Promise<void> {
  const query = { kind: 'model', provider, value, limit: 500, only: ['pricing'], asOf: commits.length } as const
  const history: ModelHistory = JSON.parse(new TextDecoder().decode(registry.history({ ...query, only: ['pricing'] })))
  const ours = history.revisions
    .slice(0, -1)
    .toReversed()
    .flatMap(({ from, changes }) => changes.map((change) => ({ date: from.committedAt.slice(0, 10), ...change })))
  const paths = new Set(Object.values(FIELDS))
  const theirs = (await readPriceChanges(provider, value)).flatMap(({ date, field, from, to }) => {
    const path = FIELDS[field]
    return path === undefined ? [] : [{ date, path, before: from, after: to }]
  })
  expect(sorted(ours.filter(({ path }) => paths.has(path))), value).toEqual(sorted(theirs))
}

interface PricedRegistry {
  registry: OpenedRegistry['registry']
  commits: readonly VersionInfo[]
}

/** Sorts the changes of each day. */
function sorted<T extends { date: string; path: string }>(changes: readonly T[]): T[] {
  return changes.toSorted((a, b) => compareText(a.date, b.date) || compareText(a.path, b.path))
}
