/** The filters of a search as a caller gives them: the server's, and refused where the server would refuse them. */
import type { ModelFilter } from '../core/search/search.ts'
import { localProblem, type ProblemError } from './errors.ts'
import { listOf } from './fetch/query.ts'

/** Also for compilers that tell a key that is `undefined` from one that is not there. */
type OrUndefined<T> = { [Key in keyof T]: T[Key] | undefined }
type Listed = 'provider' | 'status' | 'capability'
type OneOrMore<Value> = Value extends readonly (infer Item)[] ? Item | readonly Item[] : never

/** All must match. A model that lacks the fact a filter asks about does not; in sorting it comes last both ways. */
export interface SearchFilter extends OrUndefined<Omit<ModelFilter, Listed>> {
  /** Any of. */
  provider?: OneOrMore<ModelFilter['provider']> | undefined
  /** Any of. */
  status?: OneOrMore<ModelFilter['status']> | undefined
  /** All of. */
  capability?: OneOrMore<ModelFilter['capability']> | undefined
}

const SCORE = /^[0-5]$/
const COUNT = /^\d+$/
const PRICE = /^\d+(\.\d+)?$/
const TEXT = /^"[^"]/
/** Which of these there are in the calendar is asked of `Date`. */
const DATE = /^".{10}"$/

/** What each is in JSON; of a list, each in it. */
const LISTS: Record<Listed, RegExp> = {
  provider: TEXT,
  status: /^"(active|preview|deprecated)"$/,
  capability: /^"(text|vision|reasoning|toolUse|json|audio)"$/,
}
const RULES: Record<keyof SearchFilter, RegExp> = {
  ...LISTS,
  name: TEXT,
  minIq: SCORE,
  minSpeed: SCORE,
  minContextWindow: COUNT,
  maxInputPrice: PRICE,
  maxOutputPrice: PRICE,
  releaseDateFrom: DATE,
  releaseDateTo: DATE,
  openWeights: /^(true|false)$/,
  collapse: /^"family"$/,
  sort: /^"-?(iq|speed|price|releaseDate|name)"$/,
  limit: /^([1-9]\d{0,2}|1000)$/,
  offset: COUNT,
}

/** What is `undefined` is not asked for. */
export function modelFilterOf(filter: SearchFilter): ModelFilter | ProblemError {
  const checked: Record<string, unknown> = {}
  for (const [field, given] of Object.entries(filter)) {
    if (given === undefined) continue
    const values = field in LISTS ? listOf(given) : [given]
    if (!values.every((value) => isAllowed(field, value))) return refusal(field, `cannot be ${JSON.stringify(given)}`)
    checked[field] = field in LISTS ? values : given
  }
  return checked
}

function isAllowed(field: string, value: unknown): boolean {
  const rule = Object.hasOwn(RULES, field) && RULES[field as keyof SearchFilter] // it has it
  if (!rule || typeof value === 'object' || !rule.test(JSON.stringify(value))) return false
  // `Date` rolls 30 February over into March.
  return rule !== DATE || `${new Date(String(value)).toJSON()}`.startsWith(String(value))
}

function refusal(field: string, message: string): ProblemError {
  return localProblem(400, 'invalid-request', `Cannot search: "${field}" ${message}`, [{ field, message }])
}
