/** The filters of a search: those of the registry, refused if the registry would refuse them. */
import type { FieldError } from '../core/failure.ts'
import { hintOf } from '../core/nearest.ts'
import type { ModelFilter } from '../core/search/search.ts'
import { CAPABILITIES, MODEL_TYPES, SORT_KEYS, STATUSES } from '../core/vocabulary.ts'
import { localProblem, type ProblemError } from './errors.ts'
import { listOf } from './fetch/query.ts'

/** Keys may be `undefined`, also under `exactOptionalPropertyTypes`. */
type OrUndefined<T> = { [Key in keyof T]: T[Key] | undefined }
type Listed = 'provider' | 'lab' | 'family' | 'type' | 'status' | 'capability'
type OneOrMore<Value> = Value extends readonly (infer Item)[] ? Item | readonly Item[] : never

/** All must match. A model that lacks the fact a filter asks about does not; in sorting it comes last both ways. */
export interface SearchFilter extends OrUndefined<Omit<ModelFilter, Listed>> {
  /** Any of. */
  provider?: OneOrMore<ModelFilter['provider']> | undefined
  /** Any of. */
  lab?: OneOrMore<ModelFilter['lab']> | undefined
  /** Any of. */
  family?: OneOrMore<ModelFilter['family']> | undefined
  /** Any of. */
  type?: OneOrMore<ModelFilter['type']> | undefined
  /** Any of. */
  status?: OneOrMore<ModelFilter['status']> | undefined
  /** All of. */
  capability?: OneOrMore<ModelFilter['capability']> | undefined
}

/** What it is in JSON, or all that it may be. */
type Rule = RegExp | readonly unknown[]

const SCORE = /^[0-5]$/
const COUNT = /^\d+$/
const PRICE = /^\d+(\.\d+)?$/
const TEXT = /^"[^"]/
const WORDS = /^" *[^" ]/
/** `Date` decides whether the day exists in the calendar. */
const DATE = /^".{10}"$/

/** Of a list, each in it. */
const LISTS: Record<Listed, Rule> = {
  provider: TEXT,
  lab: TEXT,
  family: TEXT,
  type: MODEL_TYPES,
  status: STATUSES,
  capability: CAPABILITIES,
}
const RULES: Record<keyof SearchFilter, Rule> = {
  ...LISTS,
  q: WORDS,
  name: TEXT,
  model: TEXT,
  minIq: SCORE,
  minSpeed: SCORE,
  minContextWindow: COUNT,
  maxInputPrice: PRICE,
  maxOutputPrice: PRICE,
  releaseDateFrom: DATE,
  releaseDateTo: DATE,
  openWeights: [true, false],
  firstParty: [true, false],
  collapse: ['family'],
  sort: SORT_KEYS.flatMap((key) => [key, `-${key}`]),
  limit: /^([1-9]\d{0,2}|1000)$/,
  offset: COUNT,
}

/** A field that is `undefined` is ignored. */
export function modelFilterOf(filter: SearchFilter): ModelFilter | ProblemError {
  const checked: Record<string, unknown> = {}
  for (const [field, given] of Object.entries(filter)) {
    if (given === undefined) continue
    const rule = Object.hasOwn(RULES, field) ? RULES[field as keyof SearchFilter] : undefined // it has it
    if (!rule) return refuseSearch([{ field, message: `is unknown${hintOf(field, Object.keys(RULES))}` }])
    const values = field in LISTS ? listOf(given) : [given]
    const wrong = values.filter((value) => !isAllowed(rule, value))
    if (wrong.length > 0) return refuseSearch([{ field, message: messageOf(rule, wrong[0]) }])
    checked[field] = field in LISTS ? values : given
  }
  return checked
}

export function refuseSearch(errors: FieldError[]): ProblemError {
  const detail = `Cannot search: ${errors.map(({ field, message }) => `"${field}" ${message}`).join(', ')}`
  return localProblem({ code: 'invalid-request', detail, errors })
}

function messageOf(rule: Rule, value: unknown): string {
  const hint = 'test' in rule ? '' : hintOf(`${value}`, rule.map(String))
  return `cannot be ${JSON.stringify(value)}${hint}`
}

function isAllowed(rule: Rule, value: unknown): boolean {
  if (typeof value === 'object') return false
  if (!('test' in rule)) return rule.includes(value)
  if (!rule.test(JSON.stringify(value))) return false
  // `Date` rolls 30 February over into March.
  return rule !== DATE || `${new Date(`${value}`).toJSON()}`.startsWith(`${value}`)
}
