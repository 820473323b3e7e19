import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { planReplay } from '../../../scripts/backfill/git/replay.ts'
import { canonicalize } from '../../../src/core/json/canonical.ts'
import { recordedData, recordedFile } from '../../support/recorded-data.ts'

const repository = process.env.MODELS_DEV_REPOSITORY
const canRun = repository !== undefined && recordedData !== undefined
const why = canRun ? '' : ' (skipped: MODELS_DEV_REPOSITORY and RECORDED_DATA are not both set)'

interface Changes {
  set: Record<string, unknown>
  del: string[]
}
type State = Map<string, string>
interface RecordedDay {
  date: string
  providers: Changes
  models: Changes
  links: { set: Record<string, { base_model?: string }>; del: string[] }
}

describe.skipIf(!canRun)(`the repository of models.dev${why}`, () => {
  it('is replayed to the state of every day that was recorded', { timeout: 180_000 }, () => {
    const recorded = Map.groupBy(readDays(), ({ date }) => date)
    const [theirs, ours] = [emptyState(), emptyState()]
    const last = [...recorded.keys()].at(-1) ?? ''
    const isWanted = ({ date }: { date: string }) => date <= last
    const { days } = planReplay(repository ?? '', { now: Date.now(), isWanted }, (text) => expect.fail(text))
    let compared = 0
    for (const { at, delta } of days) {
      const date = at.slice(0, 10)
      for (const day of recorded.get(date) ?? []) applyTo(theirs, day)
      applyTo(ours, { ...delta, links: delta.links ?? { set: {}, del: [] } })
      expect(differences(ours, theirs), date).toEqual([])
      compared++
    }
    expect(compared).toBe(recorded.size)
  })
})

function readDays(): RecordedDay[] {
  const text = gunzipSync(readFileSync(recordedFile('models-dev', 'history', 'daily.ndjson.gz'))).toString()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const emptyState = () => ({ providers: new Map(), models: new Map(), links: new Map() })
type States = Record<keyof ReturnType<typeof emptyState>, State>

function applyTo(state: States, { providers, models, links }: Omit<RecordedDay, 'date'>): void {
  apply(state.providers, providers)
  apply(state.models, models)
  // Only links to base files are replayed.
  const bases = Object.entries(links.set).filter(([, link]) => link.base_model !== undefined)
  const others = Object.keys(links.set).filter((key) => links.set[key]?.base_model === undefined)
  const set = Object.fromEntries(bases.map(([key, { base_model }]) => [key, base_model]))
  apply(state.links, { set, del: [...links.del, ...others] })
}

function apply(state: State, { set, del }: Changes): void {
  for (const key of del) state.delete(key)
  for (const [key, value] of Object.entries(set)) state.set(key, canonicalize(value))
}

function differences(ours: States, theirs: States): string[] {
  return (['providers', 'models', 'links'] as const).flatMap((kind) => {
    const keys = new Set([...ours[kind].keys(), ...theirs[kind].keys()])
    const different = [...keys].filter((key) => ours[kind].get(key) !== theirs[kind].get(key))
    return different.map((key) => `${key}\n  ours  ${ours[kind].get(key)}\n  other ${theirs[kind].get(key)}`)
  })
}
