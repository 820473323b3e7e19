/** Parses queries by their parameters. Unknown, empty, malformed and repeated parameters are refused on every route. */
import { type FailureOf, type FieldError, fail, ok, type Result } from '../../core/failure.ts'
import { hintOf } from '../../core/nearest.ts'
import { parseAt, parseVersion, type Selector } from '../../core/selector.ts'
import { MIN_TOKEN_LENGTH } from '../../core/settings/setting.ts'
import { type Param, type Params, type QueryOf, textParam } from './params.ts'

/** Twice the longest parameter name of the API. */
const MAX_WORD_LENGTH = 40
/** More than any search needs. Each unknown parameter adds an error to the response. */
const MAX_PARAMETERS = 200

type Parsed<T> = Result<T, FailureOf<'invalid-request'>>

export function parseQuery<P extends Params>(params: P, search: string): Parsed<QueryOf<P>> {
  if (search.split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS)
    return invalidQuery([{ field: 'query', message: `has more than ${MAX_PARAMETERS} parameters` }])
  const given = collect(search)
  if (!given) return invalidQuery([{ field: 'query', message: 'is not percent-encoded text' }])
  const errors = errorsIn(params, given)
  if (errors.length > 0) return invalidQuery(errors)
  const query = [...given].map(([name, values]) => [name, params[name] && readValues(params[name], values)])
  return ok(Object.fromEntries(query) as QueryOf<P>) // each was read as its parameter promises
}

function errorsIn(params: Params, given: ReadonlyMap<string, string[]>): FieldError[] {
  const wrong = [...given].map(([field, values]) => {
    const param = Object.hasOwn(params, field) ? params[field] : undefined
    if (!param) return unknownError(field, Object.keys(params))
    const message = errorOf(param, values)
    return message === undefined ? undefined : { field, message }
  })
  const errors = wrong.filter((error) => error !== undefined)
  if (errors.length > 0) return errors
  const missing = requiredOf(params).filter((name) => !given.has(name))
  return missing.map((field) => ({ field, message: 'is missing' }))
}

const required = new WeakMap<Params, readonly string[]>()

/** The same for every request of a route. */
function requiredOf(params: Params): readonly string[] {
  const known = required.get(params) ?? Object.keys(params).filter((name) => params[name]?.isRequired)
  required.set(params, known)
  return known
}

function errorOf(param: Param<unknown>, values: string[]): string | undefined {
  if (values.includes('')) return 'is empty'
  if (values.length > 1 && !param.isList) return 'is given more than once'
  const wrong = values.find((value) => param.read(value) === undefined)
  return wrong === undefined ? undefined : messageOf(param, wrong)
}

function readValues({ read, isList }: Param<unknown>, values: string[]): unknown {
  return isList ? values.flatMap(read) : read(values[0] ?? '')
}

/** For one of few words, it suggests the nearest. */
function messageOf({ wanted, words }: Param<unknown>, given: string): string {
  return `is "${given.slice(0, 80)}", not ${wanted}${words ? hintOf(given, words) : ''}`
}

function collect(search: string): Map<string, string[]> | undefined {
  const params = new Map<string, string[]>()
  try {
    for (const pair of search.split('&')) {
      if (pair === '') continue
      const [name = '', ...rest] = pair.split('=')
      const values = params.get(decode(name)) ?? []
      params.set(decode(name), values)
      values.push(decode(rest.join('=')))
    }
  } catch {
    return undefined
  }
  return params
}

/** As a form is encoded. */
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

/**
 * A name as long as a token may be a token that was sent by mistake: it is not repeated, or logs of responses would store
 * it. A name of letters alone is a misspelt parameter.
 */
function unknownError(name: string, known: string[]): FieldError {
  const there = known.length > 0 ? `known parameters are ${known.join(', ')}` : 'this route has no parameters'
  const isWord = name.length <= MAX_WORD_LENGTH && /^[a-z]+$/i.test(name)
  if (isWord || name.length < MIN_TOKEN_LENGTH)
    return { field: name, message: `is unknown; ${there}${hintOf(name, known)}` }
  return { field: 'query', message: `has an unknown parameter with a name of ${name.length} characters; ${there}` }
}

export function invalidQuery(errors: FieldError[]): { ok: false; failure: FailureOf<'invalid-request'> } {
  const detail = `Cannot read the query: ${errors.map(({ field, message }) => `"${field}" ${message}`).join(', ')}`
  return fail({ code: 'invalid-request', detail, errors })
}

export const NO_QUERY = {}

/** The two ways to name a commit. */
export const VERSION_QUERY = {
  version: textParam('A version, an etag, or at least 8 of its hex digits'),
  at: textParam('A date (the end of that UTC day) or a date-time with Z or an offset'),
}

export function selectorOf({ version, at }: QueryOf<typeof VERSION_QUERY>): Parsed<Selector | undefined> {
  if (version !== undefined && at !== undefined)
    return invalidQuery([{ field: 'at', message: 'cannot be combined with "version"' }])
  if (version !== undefined) return parseVersion(version)
  return at === undefined ? ok(undefined) : parseAt(at)
}
