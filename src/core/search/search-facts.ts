/**
 * The facts of a model that searches use, read in one place, both for searching whole models and for building columns.
 * An unknown fact is absent, as in the model. Pure.
 */
import { firstDayOf } from '../calendar.ts'
import type { Model } from '../schema/model.ts'
import { CAPABILITIES, SORT_KEYS, type SortKey } from '../vocabulary.ts'

type Readers<Facts> = { readonly [Name in keyof Facts]: (model: Model) => Facts[Name] }

/** Gives the constants a named type: otherwise the published declarations would spell out the model and need zod. */
function facts<Facts extends Record<string, number | string | undefined>>(read: Readers<Facts>): Readers<Facts> {
  return read
}

export const NUMBER_FACTS = facts({
  iq: (model) => model.iq,
  speed: (model) => model.speed,
  intelligenceIndex: (model) => model.metrics?.intelligenceIndex,
  contextWindow: (model) => model.metrics?.contextWindow,
  inputPrice: (model) => model.pricing?.input,
  outputPrice: (model) => model.pricing?.output,
  blended: (model) => model.pricing?.blended,
  releaseDay: ({ releaseDate }) => (releaseDate === undefined ? undefined : dayNumber(firstDayOf(releaseDate))),
  capabilities: ({ capabilities = {} }) => bitsOf(CAPABILITIES.filter((name) => capabilities[name])),
})
export type NumberFact = keyof typeof NUMBER_FACTS

/** Facts with few distinct values. */
export const NAME_FACTS = facts({
  provider: (model) => model.provider,
  lab: (model) => model.lab,
  family: (model) => model.family,
  type: (model) => model.type,
  status: (model) => model.status,
  openWeights: ({ openWeights }) => (openWeights === undefined ? undefined : String(openWeights)),
  firstParty: ({ firstParty = false }) => String(firstParty),
})
export type NameFact = keyof typeof NAME_FACTS

export const TEXT_FACTS = facts({
  name: (model) => model.name,
  value: (model) => model.value,
  alias: (model) => model.alias,
  sdkModel: (model) => model.sdk?.model,
})
export type TextFact = keyof typeof TEXT_FACTS

/** The facts that each key sorts by. The first difference decides. */
export const SORT_FACTS: Record<SortKey, readonly (NumberFact | 'name')[]> = {
  iq: ['intelligenceIndex', 'iq'],
  speed: ['speed'],
  price: ['blended'],
  contextWindow: ['contextWindow'],
  releaseDate: ['releaseDay'],
  name: ['name'],
}

/** A `-` in front sorts descending. */
export type Sort = SortKey | `-${SortKey}`
export const SORTS: readonly Sort[] = [...SORT_KEYS, ...SORT_KEYS.map((key) => `-${key}` as const)]

/** The texts in which words, or a part of a name, are searched. */
export interface Texts {
  name: string
  value: string
  alias: string
  sdkModel: string | undefined
  provider: string
  lab: string | undefined
  family: string
}

/** One fact per line, in lower case. No word contains a line break, so none matches across facts. */
export function wordTextOf({ name, value, provider, lab = '', family, sdkModel = '' }: Texts): string {
  return [name, value, provider, lab, family, sdkModel].join('\n').toLowerCase()
}

export function holdsPart({ name, value, alias, sdkModel = '' }: Texts, part: string): boolean {
  return [name, value, alias, sdkModel].some((text) => text.toLowerCase().includes(part))
}

/** Turns YYYY-MM-DD into a number that orders days. */
export function dayNumber(day: string): number {
  return Number(day.replaceAll('-', ''))
}

/** One bit for each capability. */
export function bitsOf(capabilities: readonly (typeof CAPABILITIES)[number][]): number {
  return capabilities.reduce((bits, name) => bits | (1 << CAPABILITIES.indexOf(name)), 0)
}
