/**
 * Reads all of models.dev, every provider and row, as statements. Source: https://models.dev/api.json, as of 2026-09.
 * Both the served schema and the announced v2 are read. Identity and structure are strict: a body that is not an object
 * of providers with models fails, and a row without a usable id is rejected. A fact that cannot be read is absent and
 * counted.
 */

import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import { mergeReadings } from '../../core/statements/merge-readings.ts'
import type { ModelStatement, Reading, RejectedRow } from '../../core/statements/statement.ts'
import { excerptOf, FieldReader, isJsonObject } from '../field-reader.ts'
import { modelsDevFailure } from './failure.ts'
import { readId } from './read-id.ts'
import { findProvider, type ListedProvider, readProvider } from './read-provider.ts'
import { type RowProvider, readRow } from './row/read-row.ts'

/**
 * The manifest must fit into one KV value, 25 MiB. A row takes about 800 bytes, so this many take 24 MB. It is three
 * and a half times the number of rows in September 2026.
 */
const MAX_ROWS = 30_000
/** A provider may have no rows, so the number of rows does not bound that of providers. */
const MAX_PROVIDERS = 2000
/**
 * The size of a row as JSON; the longest seen is below 1.5 kB. A row without modes and with few tiers cannot exceed it,
 * because its texts are bounded, so only other rows are measured.
 */
const MAX_ROW_BYTES = 20_000
const FEW_TIERS = 5

/** Checks the structure and size of a body. Returns its providers by id, as received. */
export function checkBody(body: unknown): Result<Map<string, unknown>, SourceFailure> {
  if (!isJsonObject(body)) return modelsDevFailure('invalid', 'it is not an object of providers')
  const listed = Object.keys(body)
  if (listed.length > MAX_PROVIDERS) return modelsDevFailure('too-large', `it has more than ${MAX_PROVIDERS} providers`)
  const shares = new Map<string, unknown>()
  let rows = 0
  for (const id of listed) {
    const provider = findProvider(id, body[id])
    if (typeof provider === 'string') return modelsDevFailure('invalid', `provider "${excerptOf(id)}" ${provider}`)
    rows += Object.keys(provider.models).length
    if (rows > MAX_ROWS) return modelsDevFailure('too-large', `it has more than ${MAX_ROWS} rows`)
    // A share is read by itself later, so it must contain the id of its provider.
    shares.set(
      provider.id,
      provider.stated.id === provider.id ? provider.stated : { ...provider.stated, id: provider.id },
    )
  }
  if (rows === 0) return modelsDevFailure('invalid', 'it has no rows')
  return ok(shares)
}

/** Reads one provider of a checked body. */
export function readShare(share: unknown): Reading {
  const fields = new FieldReader()
  const listed = findProvider(isJsonObject(share) ? String(share.id) : '', share)
  if (typeof listed === 'string') throw new Error(`Cannot read a provider of models.dev: it ${listed}`)
  const models: ModelStatement[] = []
  const rejected: RejectedRow[] = []
  const statement = readProvider(listed, fields)
  const provider = { value: listed.id, name: statement.name, api: statement.facts.api ?? {} }
  for (const listedAs of Object.keys(listed.models)) {
    const model = readListed(listedAs, listed, provider, fields)
    if (typeof model !== 'string') models.push(model)
    else rejected.push({ provider: listed.id, id: excerptOf(listedAs), reason: model })
  }
  return { providers: [statement], models, rejected, unread: fields.unread() }
}

/** Reads a whole body. */
export function readModelsDev(body: unknown): Result<Reading, SourceFailure> {
  const checked = checkBody(body)
  if (!checked.ok) return checked
  const readings = [...checked.value.values()].map(readShare)
  const whole = mergeReadings(readings)
  return whole.models.length === 0 ? modelsDevFailure('invalid', 'it has no usable row') : ok(whole)
}

/** Returns a text if the row is rejected. */
function readListed(
  listedAs: string,
  { models }: ListedProvider,
  provider: RowProvider,
  fields: FieldReader,
): ModelStatement | string {
  const row = models[listedAs]
  if (!isJsonObject(row)) return 'is not an object'
  const read = readId(listedAs, row.id)
  if ('problem' in read) return read.problem
  if (read.id !== listedAs && Object.hasOwn(models, read.id)) return 'has the same id as another row, except for spaces'
  fields.startRow(provider.value, read.id)
  const model = readRow(row, read.id, provider, fields)
  return isTooLarge(model) ? `takes more than ${MAX_ROW_BYTES} bytes` : model
}

function isTooLarge({ facts }: ModelStatement): boolean {
  const { tiers = [], modes } = facts.pricing ?? {}
  if (modes === undefined && tiers.length <= FEW_TIERS) return false
  return new TextEncoder().encode(JSON.stringify(facts)).length > MAX_ROW_BYTES
}
