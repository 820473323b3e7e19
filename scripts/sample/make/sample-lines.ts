/** The days of the sample as the lines of its file: for each day, what is new or different. */
import { isDeepStrictEqual } from 'node:util'
import { compareText } from '../../../src/core/json/canonical.ts'
import type { ListedDay, SampleDay, SampleLine } from '../sample-days.ts'

export function linesOf(days: readonly SampleDay[]): SampleLine[] {
  let before: ListedDay | undefined
  return days.flatMap((day): SampleLine[] => {
    const { source } = day
    const head = { day: day.day, source }
    if (source === 'epoch') return [head, ...day.scores]
    const lines = [
      ...changesOf(before?.providers, day.providers).map(([provider, changes]) => ({ provider, ...changes })),
      ...changesOf(before?.models, day.models).map(([model, changes]) => ({ model, ...changes })),
    ]
    before = day
    return [head, ...lines]
  })
}

type Changes = { gone: true } | Record<string, unknown>

/** Sorted by key, so that the same days result in the same file. */
function changesOf<T extends object>(
  before: ReadonlyMap<string, T> = new Map(),
  now: ReadonlyMap<string, T>,
): [string, Changes][] {
  const keys = [...new Set([...before.keys(), ...now.keys()])].sort(compareText)
  return keys.flatMap((key): [string, Changes][] => {
    const facts = now.get(key)
    if (!facts) return [[key, { gone: true }]]
    const changes = changesOfFacts(before.get(key) ?? {}, facts)
    return Object.keys(changes).length > 0 ? [[key, changes]] : []
  })
}

function changesOfFacts(before: object, now: object): Record<string, unknown> {
  const was: Record<string, unknown> = { ...before }
  const is: Record<string, unknown> = { ...now }
  const gone = Object.keys(was).filter((key) => !(key in is))
  const changed = Object.entries(is).filter(([key, fact]) => !isDeepStrictEqual(fact, was[key]))
  return Object.fromEntries([...changed, ...gone.map((key): [string, null] => [key, null])])
}
