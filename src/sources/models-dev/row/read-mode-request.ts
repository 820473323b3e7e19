/**
 * Reads what a request must send to use a price mode: `provider { body, headers }`, or both next to the prices in
 * schema v2. Part of it would select something else, so it is read completely or not at all.
 */
import { isPlainText, MAX_TEXT } from '../../../core/plain-text.ts'
import { MAX_BODY_CHARACTERS, MAX_BODY_DEPTH, MAX_HEADERS, type PriceMode } from '../../../core/schema/pricing.ts'
import { factsOf, put } from '../../fact.ts'
import { type FieldReader, isJsonObject, type JsonObject } from '../../field-reader.ts'

type ModeRequest = NonNullable<PriceMode['request']>

const FIELD = 'experimental.modes.provider'
const MAX_KEY = 100
/** RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/

export function readModeRequest(mode: JsonObject, fields: FieldReader): ModeRequest | undefined {
  const provider = fields.object(FIELD, mode.provider) ?? {}
  const body = provider.body ?? mode.body ?? {}
  const headers = provider.headers ?? mode.headers ?? {}
  if (!isRequestBody(body)) return fields.reject(`${FIELD}.body`, body)
  if (!isHeaders(headers)) return fields.reject(`${FIELD}.headers`, headers)
  const request: ModeRequest = {}
  put(request, 'body', factsOf(body))
  put(request, 'headers', factsOf(headers))
  return factsOf(request)
}

function isRequestBody(value: unknown): value is NonNullable<ModeRequest['body']> {
  if (!isJsonObject(value) || !isPlainJson(value, MAX_BODY_DEPTH)) return false
  return JSON.stringify(value).length <= MAX_BODY_CHARACTERS
}

/** Whether a JSON value has a canonical form and all its texts are plain. */
function isPlainJson(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return isPlainText(value)
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  return Object.entries(value).every(
    ([key, member]) =>
      key !== '__proto__' && key.length <= MAX_KEY && isPlainText(key) && isPlainJson(member, levels - 1),
  )
}

function isHeaders(value: unknown): value is Record<string, string> {
  if (!isJsonObject(value)) return false
  const headers = Object.entries(value)
  return headers.length <= MAX_HEADERS && headers.every(([name, text]) => isHeader(name, text))
}

function isHeader(name: string, text: unknown): boolean {
  if (!HEADER_NAME.test(name) || name === '__proto__') return false
  return typeof text === 'string' && text.length <= MAX_TEXT && isPlainText(text)
}
