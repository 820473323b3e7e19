/**
 * What each part was built from, kept when it is built: one model can be explained by it without a plan of everything.
 * A cache: a row that is absent, or of other inputs than those of the part, is not used.
 */
import { inputsOf, type PartInputs } from '../../core/build/part-inputs.ts'
import type { Entry } from '../../core/build/precedence.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import { sha256 } from '../store/sha256.ts'
import type { Planned } from './statements.ts'

/** Keyed by the inputs of a part: a plan returns the same object while they do not change. */
const digests = new WeakMap<PartInputs, { digest: string; stated: string }>()

export function digestOfInputs(inputs: PartInputs, statedBy: readonly string[]): string {
  const stated = statedBy.join()
  const known = digests.get(inputs)
  if (known?.stated === stated) return known.digest
  const digest = sha256(inputsOf(inputs, statedBy))
  digests.set(inputs, { digest, stated })
  return digest
}

/** Replaces those of the provider. Inputs that do not fit into a row are not kept. */
export function storeInputs({ sql }: Database, { entries, ...shared }: PartInputs, digest: string): void {
  // JSON has no line breaks, and each line begins with the value of its model, so that one can be read of thousands.
  const lines = [JSON.stringify(shared), ...entries.map((entry) => JSON.stringify([entry.row.value, entry]))]
  const body = lines.join('\n')
  if (!fitsInRow(body)) return
  sql.exec(
    'insert or replace into part_inputs (provider, digest, body) values (?, ?, ?)',
    ...[shared.provider, digest, body],
  )
}

/** Stores those of a plan that are not kept, as after a restore. */
export function storeMissingInputs(db: Database, { parts, stated }: Pick<Planned, 'parts' | 'stated'>): void {
  const missing = db.sql.exec(
    `select provider, inputs from source_parts s
      where not exists (select 1 from part_inputs i where i.provider = s.provider and i.digest = s.inputs)`,
  )
  for (const [provider, digest] of [...missing.raw<[string, string]>()]) {
    const inputs = parts.get(provider)
    if (inputs && digestOfInputs(inputs, stated.get(provider) ?? []) === digest) storeInputs(db, inputs, digest)
  }
}

/**
 * The inputs of a provider's part with the entries of some models only; `null` if no source lists the provider, and
 * `undefined` if its inputs are not kept.
 */
export function readInputs(
  { sql }: Database,
  provider: string,
  values: readonly string[],
): PartInputs | null | undefined {
  const rows = sql.exec(
    `select i.body from source_parts s left join part_inputs i on i.provider = s.provider and i.digest = s.inputs
      where s.provider = ?`,
    provider,
  )
  const [row] = rows.raw<[string | null]>()
  if (!row) return null
  const [body] = row
  if (body === null) return undefined
  const shared: Omit<PartInputs, 'entries'> = JSON.parse(body.slice(0, endOfLine(body, 0))) // as `storeInputs` wrote it
  return { ...shared, entries: values.flatMap((value) => entryIn(body, value) ?? []) }
}

function entryIn(body: string, value: string): Entry | undefined {
  const start = body.indexOf(`\n[${JSON.stringify(value)},`)
  if (start < 0) return undefined
  const [, entry]: [string, Entry] = JSON.parse(body.slice(start + 1, endOfLine(body, start + 1)))
  return entry
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
