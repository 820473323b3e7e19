/**
 * The rows of a list that a filter leaves, as `searchModels` finds the models: without `model`, `collapse`, sorting and
 * paging, which are for the caller. Conditions are asked one after the other. Pure.
 */
import { type Condition, conditionsOf, holdsWords } from '../conditions.ts'
import type { ModelFilter } from '../model-filter.ts'
import { holdsPart } from '../search-facts.ts'
import type { ListedFact, ListedFacts } from './listed-facts.ts'

/** The result must not be changed: without a condition it is the same for all. */
export function rowsThatMatch(facts: ListedFacts, filter: ModelFilter): Uint32Array {
  let rows = allRows(facts)
  for (const condition of conditionsOf(filter)) rows = rows.filter(testOf(facts, condition))
  return rows
}

const known = new WeakMap<ListedFacts, Uint32Array<ArrayBuffer>>()

function allRows(facts: ListedFacts): Uint32Array<ArrayBuffer> {
  const rows = known.get(facts) ?? Uint32Array.from(facts.columns.flags.keys())
  known.set(facts, rows)
  return rows
}

type Test = (row: number) => boolean

function testOf(facts: ListedFacts, condition: Condition): Test {
  switch (condition.kind) {
    case 'between':
      return isBetween(facts.of(condition.fact), condition)
    case 'allBits': {
      const bits = facts.of('capabilities')
      return (row) => ((bits[row] ?? 0) & condition.bits) === condition.bits
    }
    case 'anyOf':
      return isAnyOf(facts, condition)
    case 'words':
      return (row) => holdsWords(facts.wordText(row), condition.words)
    case 'part':
      return (row) => holdsPart(facts.texts(row), condition.part)
  }
}

function isBetween(column: Float64Array, { low, high }: { low: number; high: number }): Test {
  // An unknown fact, NaN, is neither.
  return (row) => {
    const value = column[row] ?? Number.NaN
    return value >= low && value <= high
  }
}

function isAnyOf(facts: ListedFacts, { fact, names }: Extract<Condition, { kind: 'anyOf' }>): Test {
  if (fact === 'firstParty' || fact === 'openWeights') return isFlag(facts, fact, names)
  const { words, at } = facts.columns.words[fact]
  const wanted = new Set(names.map((name) => words.indexOf(name)).filter((place) => place >= 0))
  return (row) => wanted.has(at[row] ?? -1)
}

function isFlag(facts: ListedFacts, fact: ListedFact, names: readonly string[]): Test {
  const column = facts.of(fact)
  const wanted = names.map((name) => (name === 'true' ? 1 : 0))
  return (row) => wanted.some((flag) => flag === column[row])
}
