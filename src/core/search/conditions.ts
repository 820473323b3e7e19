/**
 * Turns a filter into a list of conditions, each on one fact, all of which must be true. They are checked on whole
 * models, as in a client, or on columns. A model that lacks the fact does not match. Pure.
 */
import type { Model } from '../schema/model.ts'
import type { ModelFilter } from './model-filter.ts'
import {
  bitsOf,
  dayNumber,
  holdsPart,
  NAME_FACTS,
  type NameFact,
  NUMBER_FACTS,
  type NumberFact,
  TEXT_FACTS,
  type Texts,
  wordTextOf,
} from './search-facts.ts'

export type Condition =
  /** Both ends included. */
  | { kind: 'between'; fact: NumberFact; low: number; high: number }
  | { kind: 'allBits'; fact: 'capabilities'; bits: number }
  | { kind: 'anyOf'; fact: NameFact; names: readonly string[] }
  /** In lower case. All of them must occur. */
  | { kind: 'words'; words: readonly string[] }
  /** In lower case. */
  | { kind: 'part'; part: string }

/** Cheap conditions come first, so that the others are checked on fewer rows. */
export function conditionsOf(filter: ModelFilter): Condition[] {
  const words = filter.q?.toLowerCase().match(/\S+/g)
  const conditions: (Condition | undefined)[] = [
    atLeast('iq', filter.minIq),
    atLeast('speed', filter.minSpeed),
    filter.capability && { kind: 'allBits', fact: 'capabilities', bits: bitsOf(filter.capability) },
    atLeast('contextWindow', filter.minContextWindow),
    atMost('inputPrice', filter.maxInputPrice),
    atMost('outputPrice', filter.maxOutputPrice),
    atLeast('releaseDay', dayOf(filter.releaseDateFrom)),
    atMost('releaseDay', dayOf(filter.releaseDateTo)),
    ...(['provider', 'lab', 'family', 'type', 'status'] as const).map((fact) => anyOf(fact, filter[fact])),
    ...(['openWeights', 'firstParty'] as const).map((fact) => anyOf(fact, flagNames(filter[fact]))),
    filter.name === undefined ? undefined : { kind: 'part', part: filter.name.toLowerCase() },
    words ? { kind: 'words', words } : undefined,
  ]
  return conditions.filter((condition) => condition !== undefined)
}

export function holds(condition: Condition, model: Model): boolean {
  switch (condition.kind) {
    case 'between':
      return isBetween(NUMBER_FACTS[condition.fact](model), condition)
    case 'allBits':
      return (NUMBER_FACTS.capabilities(model) & condition.bits) === condition.bits
    case 'anyOf': {
      const name = NAME_FACTS[condition.fact](model)
      return name !== undefined && condition.names.includes(name)
    }
    case 'words':
      return holdsWords(wordTextOf(textsOf(model)), condition.words)
    case 'part':
      return holdsPart(textsOf(model), condition.part)
  }
}

export function holdsWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word))
}

function isBetween(value: number | undefined, { low, high }: { low: number; high: number }): boolean {
  return value !== undefined && value >= low && value <= high
}

function textsOf(model: Model): Texts {
  const { provider, lab, family } = model
  const { name, value, alias, sdkModel } = TEXT_FACTS
  return {
    name: name(model),
    value: value(model),
    alias: alias(model),
    sdkModel: sdkModel(model),
    provider,
    lab,
    family,
  }
}

function atLeast(fact: NumberFact, low: number | undefined): Condition | undefined {
  return low !== undefined ? { kind: 'between', fact, low, high: Number.POSITIVE_INFINITY } : undefined
}

function atMost(fact: NumberFact, high: number | undefined): Condition | undefined {
  return high !== undefined ? { kind: 'between', fact, low: Number.NEGATIVE_INFINITY, high } : undefined
}

function anyOf(fact: NameFact, names: readonly string[] | undefined): Condition | undefined {
  return names && { kind: 'anyOf', fact, names }
}

const flagNames = (flag: boolean | undefined): string[] | undefined => (flag === undefined ? undefined : [String(flag)])

const dayOf = (day: string | undefined): number | undefined => (day === undefined ? undefined : dayNumber(day))
