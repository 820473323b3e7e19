/** Requests for an operation. Most are nearly valid, so that they pass authorization before an error is found. */
import * as fc from 'fast-check'
import { BEARER, TOKEN } from '../http/registry-app.ts'
import { anyBroken } from './any-broken.ts'
import { anyJsonOf } from './any-json-of.ts'
import { anyNastyJson, anyNastyText, mutated } from './any-nasty.ts'
import type { Operation } from './operations.ts'

export interface FuzzRequest {
  method: string
  /** Path and query. */
  url: string
  headers: Record<string, string>
  /** Bytes as an array, so that a failure prints them. */
  body?: string | number[]
}

/** Text that names something in the registry under test, by the name of the parameter. */
export type Names = Record<string, string[]>

const ALLOWED_ORIGIN = 'https://app.example.com'
export const ALLOWED_ORIGINS = `${ALLOWED_ORIGIN},https://*.example.org`
export const isAllowed = (origin: string): boolean =>
  [ALLOWED_ORIGIN, 'https://a.example.org', 'https://a.b.example.org'].includes(origin)

/** Text that a header can contain. The constructor of a request refuses other text, or warns about it. */
const anyHeaderText = anyNastyText.map((text) => text.replace(/[^\x20-\x7e\t]/g, '').trim())

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'get']

export function anyRequest(operation: Operation, names: Names): fc.Arbitrary<FuzzRequest> {
  const method = fc.oneof(
    { weight: 12, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
  )
  return fc
    .tuple(method, anyUrl(operation, names), anyHeaders(operation), anyBody(operation))
    .map(([method, url, headers, body]) => ({
      method,
      url,
      headers,
      // A request with these methods cannot be constructed with a body.
      ...(body !== undefined && !/^(get|head)$/i.test(method) && { body }),
    }))
}

function anyUrl({ path, parameters }: Operation, names: Names): fc.Arbitrary<string> {
  const parts = path
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? anyPathPart(names[part.slice(1, -1)] ?? []) : fc.constant(part)))
  return fc.tuple(fc.tuple(...parts), anyQuery(parameters, names)).map(([parts, query]) => {
    const search = query.map(([name, value]) => `${name}=${value}`).join('&')
    return parts.join('') + (search === '' ? '' : `?${search}`)
  })
}

type Pair = [name: string, value: string]

function anyQuery(parameters: Operation['parameters'], names: Names): fc.Arbitrary<Pair[]> {
  const queries = parameters.filter((parameter) => parameter.in === 'query')
  const right = queries.map(({ name, schema }) => fc.tuple(fc.constant(name), anyValueOf(name, schema, names)))
  const isNeeded = ([name]: Pair) => queries.some((query) => query.name === name && query.required)
  const chosen = fc
    .tuple(fc.tuple(...right), fc.array(fc.nat(100), { maxLength: 2 }))
    .map(([pairs, picks]) =>
      pairs.filter((pair, index) => isNeeded(pair) || picks.some((pick) => pick % pairs.length === index)),
    )
  const wrong = fc.oneof(
    fc.tuple(anyEncoded, anyEncoded),
    ...queries.map(({ name }) => fc.tuple(fc.constant(name), anyEncoded)),
    ...right,
  )
  return fc.oneof(
    { weight: 4, arbitrary: chosen },
    {
      weight: 1,
      arbitrary: fc.tuple(chosen, fc.array(wrong, { maxLength: 3 })).map(([some, more]) => [...some, ...more]),
    },
  )
}

const encode = (text: string): string => encodeURIComponent(text.toWellFormed())

/** Text that is correctly encoded, or not encoded. */
const anyEncoded = fc.oneof(
  anyNastyText.map(encode),
  anyNastyText.map((text) => text.toWellFormed().replaceAll('#', '')),
)

function anyPathPart(names: string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: names.length > 0 ? fc.constantFrom(...names).map(encode) : fc.constant('acme') },
    { weight: 2, arbitrary: anyEncoded.map((text) => text.replaceAll('?', '%3F')) },
  )
}

function anyValueOf(name: string, schema: Record<string, unknown>, names: Names): fc.Arbitrary<string> {
  const known = names[name]
  const item = schema.type === 'array' && typeof schema.items === 'object' ? { ...schema.items } : schema
  const text = anyJsonOf(item).map((value) => encode(String(value)))
  return known ? fc.oneof(fc.constantFrom(...known).map(encode), text) : text
}

const anyTag = fc.oneof(
  fc.constantFrom('*', '""', 'W/""', '"override-1"', 'W/"override-1", "x"', ',', '"', `${'"x",'.repeat(2000)}"y"`),
  anyHeaderText,
)

function anyHeaders({ isAdmin, body }: Operation): fc.Arbitrary<Record<string, string>> {
  const authorization = fc.oneof(
    { weight: isAdmin ? 20 : 1, arbitrary: fc.constant(BEARER.authorization) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['', 'Bearer', 'Bearer ', `Basic ${TOKEN}`, `bearer  ${TOKEN} `, `Bearer ${TOKEN} ${TOKEN}`, 'Bearer x'],
        ...[TOKEN, `Bearer ${'y'.repeat(9000)}`, `Bearer${' '.repeat(9000)}x`],
      ),
    },
    { weight: 1, arbitrary: anyHeaderText },
  )
  const origin = fc.oneof(
    fc.constantFrom(ALLOWED_ORIGIN, 'https://a.example.org', 'https://a.b.example.org', 'https://example.org'),
    fc.constantFrom('null', 'https://evilexample.org', 'https://app.example.com.evil.org', 'http://app.example.com'),
    anyHeaderText,
  )
  const contentType = fc.oneof(
    fc.constant(body?.contentType ?? 'application/json'),
    fc.constantFrom('text/plain', 'multipart/form-data', 'application/json; charset=utf-16', 'x', '/'),
    anyHeaderText,
  )
  const optional = {
    origin,
    'if-match': anyTag,
    'if-none-match': anyTag,
    'content-type': contentType,
    accept: anyHeaderText,
    range: fc.constantFrom('bytes=0-0', 'bytes=-1', 'x'),
    'if-modified-since': fc.constantFrom('Sat, 01 Jan 2050 00:00:00 GMT', 'x'),
    'access-control-request-method': fc.constantFrom('GET', 'DELETE', ''),
    'x-http-method-override': fc.constant('DELETE'),
    'x-forwarded-host': fc.constant('evil.example'),
    cookie: anyHeaderText,
  }
  // Most requests have few parameters: a request that is refused early tests nothing after that check.
  const few = fc.subarray(Object.keys(optional), { maxLength: 3 })
  return fc
    .record({ authorization: isAdmin ? authorization : fc.option(authorization), few, optional: fc.record(optional) })
    .map(({ authorization, few, optional }) => ({
      ...(authorization !== null && { authorization }),
      ...Object.fromEntries(Object.entries(optional).filter(([name]) => few.includes(name))),
    }))
}

function anyBody({ body }: Operation): fc.Arbitrary<string | number[] | undefined> {
  if (!body) return fc.option(fc.constantFrom('', '{}', 'x'.repeat(2000)), { nil: undefined, freq: 10 })
  const good = anyJsonOf(body.schema)
  const text = fc.oneof(
    { weight: 5, arbitrary: good.map((json) => JSON.stringify(json)) },
    { weight: 5, arbitrary: mutated(good).map((json) => JSON.stringify(json)) },
    { weight: 1, arbitrary: anyNastyJson.map((json) => JSON.stringify(json)) },
  )
  return fc.oneof({ weight: 10, arbitrary: text }, { weight: 2, arbitrary: anyBroken(text) })
}
