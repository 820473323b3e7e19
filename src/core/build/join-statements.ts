/** The facts of all statements of one model as one: fact by fact, the word of the source that is believed of it. */
import type { Modalities, Model } from '../schema/model.ts'
import { MODALITIES, type Modality } from '../vocabulary.ts'
import { believedOn } from './precedence.ts'
import type { ModalityFlags, StatedFacts, Statement, Statements } from './statement.ts'

export function joinStatements(statements: Statements): StatedFacts {
  const [row, ...others] = statements
  if (others.length === 0) return row.facts
  const parts = statements.map((statement) => ({ statement, value: statement.facts }))
  return joinMembers(parts, '', statements) // each key holds what a statement holds under it
}

/** Facts in the shape of a model's. Lists only where both directions are known: half an answer would look whole. */
export function modelFactsOf({ modalities, ...facts }: StatedFacts): Partial<Model> {
  const input = listOf(modalities?.input)
  const output = listOf(modalities?.output)
  const lists: Modalities | undefined = input && output && { input, output }
  return { ...facts, modalities: lists }
}

/** A fact, or an object of facts, with the statement that it is of. */
interface Stated<T> {
  statement: Statement
  value: T
}

function joinMembers(parts: Stated<object>[], prefix: string, all: Statements): Record<string, unknown> {
  const stated = new Map<string, Stated<unknown>[]>()
  for (const { statement, value } of parts)
    for (const [key, fact] of Object.entries(value))
      if (fact !== undefined) stated.set(key, [...(stated.get(key) ?? []), { statement, value: fact }])
  return Object.fromEntries([...stated].map(([key, facts]) => [key, joinMember(facts, prefix + key, all)]))
}

function joinMember(facts: Stated<unknown>[], path: string, all: Statements): unknown {
  const parts = facts.filter(isPart)
  if (parts.length > 0) return joinMembers(parts, `${path}.`, all)
  const statements = facts.map(({ statement }) => statement)
  const believed = believedOn(path, statements, all)
  return facts.find(({ statement }) => statement === believed)?.value
}

function isPart(fact: Stated<unknown>): fact is Stated<object> {
  return typeof fact.value === 'object' && fact.value !== null && !Array.isArray(fact.value)
}

function listOf(flags: ModalityFlags = {}): Modality[] | undefined {
  const known = Object.values(flags).some((flag) => flag !== undefined)
  return known ? MODALITIES.filter((modality) => flags[modality] === true) : undefined
}
