/** The filters of a search as a caller gives them: the server's, and refused where the server would refuse them. */
import { type ModelFilter, SORT_KEYS } from '../core/search.ts'
import { localProblem, type ProblemError } from './errors.ts'
import { listOf } from './query.ts'

type Listed = 'provider' | 'status' | 'capability'
type OneOrMore<Value> = Value extends readonly (infer Item)[] ? Item | readonly Item[] : never

/** All must match. A model that lacks the fact a filter asks about does not; in sorting it comes last both ways. */
export interface SearchFilter extends Omit<ModelFilter, Listed> {
  /** Any of. */
  provider?: OneOrMore<ModelFilter['provider']>
  /** Any of. */
  status?: OneOrMore<ModelFilter['status']>
  /** All of. */
  capability?: OneOrMore<ModelFilter['capability']>
}

/** What each is by `typeof`, once what may be given alone is a list. */
const KINDS: Record<keyof SearchFilter, 'string' | 'number' | 'object'> = {
  name: 'string',
  provider: 'object',
  status: 'object',
  capability: 'object',
  minIq: 'number',
  minSpeed: 'number',
  minContextWindow: 'number',
  maxInputPrice: 'number',
  maxOutputPrice: 'number',
  releaseDateFrom: 'string',
  releaseDateTo: 'string',
  sort: 'string',
  limit: 'number',
  offset: 'number',
}
const KIND_OF = new Map<string, string>(Object.entries(KINDS))

/** What is `undefined` is not asked for. */
export function modelFilterOf(filter: SearchFilter): ModelFilter | ProblemError {
  const checked: Record<string, unknown> = {}
  for (const [field, given] of Object.entries(filter)) {
    if (given === undefined) continue
    const kind = KIND_OF.get(field)
    const value: unknown = kind === 'object' ? listOf(given) : given
    const isAllowed = field === 'sort' ? isSort(value) : typeof value !== 'number' || value >= 0
    if (typeof value !== kind || !isAllowed) return refusal(field, `cannot be ${JSON.stringify(given)}`)
    checked[field] = value
  }
  return checked
}

function isSort(value: unknown): boolean {
  return SORT_KEYS.some((key) => value === key || value === `-${key}`)
}

function refusal(field: string, message: string): ProblemError {
  return localProblem(400, 'invalid-request', `Cannot search: "${field}" ${message}`, [{ field, message }])
}
