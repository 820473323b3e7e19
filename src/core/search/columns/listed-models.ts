/**
 * The facts by which lists of models are searched, sorted and shown: about fifteen of each model, in columns, ranked by
 * family. A tenth of the manifest's size. Stored next to the manifest; the script of the pages gets the same bytes as
 * the server and searches them with the same code.
 */

import type { Capabilities, Catalogue, Model } from '../../schema/model.ts'
import { CAPABILITIES } from '../../vocabulary.ts'
import { isVariant } from '../collapse.ts'
import { rankFamilies } from '../rank-families.ts'

/** A column of repeating values: each value once, and for each model its index. -1: unknown. */
interface Words {
  words: string[]
  at: number[]
}

const WORDS = ['provider', 'lab', 'family', 'type', 'status', 'billing', 'releaseDate', 'knowledgeCutoff'] as const
const METRICS = [
  'intelligenceIndex',
  'epochCapabilitiesIndex',
  'arenaText',
  'outputTokensPerSecond',
  'contextWindow',
  'maxOutput',
] as const
const PRICES = ['input', 'output', 'cacheRead', 'blended'] as const
const SCORES = ['iq', 'speed'] as const
type Numbers = (typeof METRICS)[number] | (typeof PRICES)[number] | (typeof SCORES)[number]

/** Bits of `flags`; the bits of the capabilities come after them. */
export const FIRST_PARTY = 1
const VARIANT = 2
export const OPEN = 4
export const CLOSED = 8
export const CAPABILITY_SHIFT = 4

export interface ListedColumns {
  /** By value. */
  providerNames: Record<string, string>
  value: string[]
  name: string[]
  /** The id that the API takes; 0: the value, null: unknown. */
  call: (string | 0 | null)[]
  flags: number[]
  words: Record<(typeof WORDS)[number], Words>
  numbers: Record<Numbers, (number | null)[]>
}

export function listedColumnsOf({ models, providers }: Catalogue): ListedColumns {
  const ranked = rankFamilies(models)
  return {
    providerNames: Object.fromEntries(providers.map(({ value, name }) => [value, name])),
    value: ranked.map(({ value }) => value),
    name: ranked.map(({ name }) => name),
    call: ranked.map(({ sdk, value }) => (sdk ? (sdk.model === value ? 0 : sdk.model) : null)),
    flags: ranked.map(flagsOf),
    words: mapKeys(WORDS, (key) => toWords(ranked.map((model) => model[key]))),
    numbers: {
      ...mapKeys(SCORES, (key) => ranked.map((model) => model[key] ?? null)),
      ...mapKeys(METRICS, (key) => ranked.map(({ metrics }) => metrics?.[key] ?? null)),
      ...mapKeys(PRICES, (key) => ranked.map(({ pricing }) => pricing?.[key] ?? null)),
    },
  }
}

function flagsOf(model: Model): number {
  const { firstParty, openWeights, capabilities } = model
  const open = openWeights === undefined ? 0 : openWeights ? OPEN : CLOSED
  const can = CAPABILITIES.reduce((bits, name, index) => bits | (capabilities?.[name] ? 1 << index : 0), 0)
  return (firstParty ? FIRST_PARTY : 0) | (isVariant(model) ? VARIANT : 0) | open | (can << CAPABILITY_SHIFT)
}

function toWords(values: (string | undefined)[]): Words {
  const places = new Map<string, number>()
  const at = values.map((value) => {
    if (value === undefined) return -1
    const place = places.get(value) ?? places.size
    places.set(value, place)
    return place
  })
  return { words: [...places.keys()], at }
}

/** Written out, because charts and sitemaps ask for thousands. */
export function modelAt(
  { value: values, name: names, call, flags, words, numbers }: ListedColumns,
  index: number,
): Model {
  const word = (key: (typeof WORDS)[number]) => words[key].words[words[key].at[index] ?? -1]
  const number = (key: Numbers) => numbers[key][index] ?? undefined
  const bits = flags[index] ?? 0
  const value = values[index] ?? ''
  const name = names[index] ?? ''
  const provider = word('provider') ?? ''
  const called = call[index] === 0 ? value : call[index]
  const model: { [Fact in keyof Model]: unknown } = {
    id: bits & VARIANT ? value : `models.dev:${provider}/${value}`,
    value,
    provider,
    name,
    alias: name,
    lab: word('lab'),
    family: word('family'),
    firstParty: bits & FIRST_PARTY ? true : undefined,
    type: word('type'),
    sdk: typeof called === 'string' ? { model: called } : undefined,
    capabilities: capabilitiesOf(bits >> CAPABILITY_SHIFT),
    iq: number('iq'),
    speed: number('speed'),
    billing: word('billing'),
    pricing: {
      input: number('input'),
      output: number('output'),
      cacheRead: number('cacheRead'),
      blended: number('blended'),
    },
    metrics: {
      intelligenceIndex: number('intelligenceIndex'),
      epochCapabilitiesIndex: number('epochCapabilitiesIndex'),
      arenaText: number('arenaText'),
      outputTokensPerSecond: number('outputTokensPerSecond'),
      contextWindow: number('contextWindow'),
      maxOutput: number('maxOutput'),
    },
    openWeights: bits & (OPEN | CLOSED) ? (bits & OPEN) !== 0 : undefined,
    knowledgeCutoff: word('knowledgeCutoff'),
    releaseDate: word('releaseDate'),
    status: word('status'),
  }
  return model as Model // every fact is from a `Model`, by `listedColumnsOf`
}

const knownCapabilities = new Map<number, Capabilities>()

/** Few combinations occur: models share them. */
function capabilitiesOf(bits: number): Capabilities {
  const known = knownCapabilities.get(bits)
  if (known) return known
  const can: Capabilities = {}
  for (const [index, name] of CAPABILITIES.entries()) if (bits & (1 << index)) can[name] = true
  knownCapabilities.set(bits, can)
  return can
}

function mapKeys<Key extends string, T>(keys: readonly Key[], made: (key: Key) => T): Record<Key, T> {
  return Object.fromEntries(keys.map((key) => [key, made(key)])) as Record<Key, T> // each key is one of them
}
