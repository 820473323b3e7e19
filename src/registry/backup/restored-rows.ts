/**
 * The schemas of restored rows. A backup's links prove that nothing was lost, not who wrote it: each row is validated like
 * new input, so that nothing is served from a backup that other routes would refuse.
 */
import * as z from 'zod'
import type { GuardedRow as KnownRow } from '../../core/guard/guarded-row.ts'
import type { Totals as KnownTotals } from '../../core/guard/totals.ts'
import { canonicalize } from '../../core/json/canonical.ts'
import { isNestedDeeper } from '../../core/json/nesting.ts'
import { parseJson } from '../../core/json/parse-json.ts'
import { Key, KeyedOverride } from '../../core/overrides/override-schema.ts'
import { isPlainText, MAX_TEXT } from '../../core/plain-text.ts'
import type { BackupTable } from '../../core/records/backup-format.ts'
import { Attribution } from '../../core/schema/history.ts'
import { Model, Provider } from '../../core/schema/model.ts'
import { CAUSES, IQ_BASES, OUTCOMES, SOURCE_NAMES } from '../../core/vocabulary.ts'
import { MAX_VALUE_BYTES } from '../store/database.ts'
import { unpackJson, unpackText } from '../store/packed-json.ts'
import { unpackPayload } from '../store/payload.ts'
import { sha256 } from '../store/sha256.ts'
import { KEPT_STATE } from './export-scope.ts'
import { isEntityBody } from './restored-entity.ts'

/** For messages and lists of reasons. Longer than any that the registry writes. */
const MAX_LONG_TEXT = 100_000
const Id = z.int().positive()
const Seq = z.int().positive()
const Count = z.int().nonnegative()
/** The years 1970 to 9999. ISO 8601 writes later years in another form. */
const Millis = z.int().min(0).max(253_402_300_799_999)
const Digest = z.string().regex(/^[0-9a-f]{64}$/)
const Version = z.string().regex(/^v1\.[0-9a-f]{12}$/)
const Text = z.string().max(MAX_TEXT).refine(isPlainText, 'contains control characters')
const LongText = z
  .string()
  .max(MAX_LONG_TEXT)
  .refine((text) => text.isWellFormed(), 'is not well-formed')
const SourceName = z.enum(SOURCE_NAMES)
const KeyOrEmpty = z.union([Key, z.literal('')])
const Packed = z.base64().max(Math.ceil(MAX_VALUE_BYTES / 3) * 4)

function jsonOf(schema: z.ZodType) {
  return LongText.refine((text) => schema.safeParse(parseJson(text)).success, 'does not match its schema')
}
/** Deeper than any value of the state, and not enough to overflow the stack of recursive code. */
const MAX_SETTING_DEPTH = 32
const SettingValue = z
  .unknown()
  .refine((value) => value !== undefined && !isNestedDeeper(value, MAX_SETTING_DEPTH), 'is not JSON of a setting')
const Reasons = jsonOf(z.array(z.string()))
const HoldReason = z.strictObject({ code: z.string(), text: z.string(), examples: z.array(z.string()) })
const GuardedRow = z.strictObject({
  ...{ provider: z.string(), value: z.string(), id: z.string().optional(), name: z.string().optional() },
  ...{ input: z.number().optional(), output: z.number().optional() },
  ...{ speed: z.number().optional(), score: z.number().optional() },
} satisfies Record<keyof KnownRow, z.ZodType>)
const Totals = z.strictObject({
  ...{ providers: Count, rows: Count },
  values: z.strictObject({ price: Count, score: Count, speed: Count }),
} satisfies Record<keyof KnownTotals, z.ZodType>)

const ROWS: Record<BackupTable, z.ZodType> = {
  state: z.object({ key: z.enum(KEPT_STATE), value: jsonOf(SettingValue) }),
  creator_providers: z.object({ creator_id: Text, provider: Key }),
  versions: z.object({
    ...{ seq: Seq, version: Version, root: Digest, chain: Digest, previous: Version.nullable() },
    ...{ generated_at: Millis, committed_at: Millis, recorded_at: Millis.nullable() },
    ...{ cause: z.enum(CAUSES), pull_id: Id.nullable(), override_id: Count, iq_basis: z.enum(IQ_BASES).nullable() },
    iq_scale: Text.nullable(),
    ...{ providers: Count, models: Count, added: Count, removed: Count, changed: Count },
    attribution: jsonOf(z.array(Attribution)),
  }),
  parts: z.object({ provider: Key, from_seq: Seq, to_seq: Seq.nullable(), digest: Digest }),
  entities: z
    .object({
      ...{ id: Id, kind: z.enum(['model', 'provider']), provider: Key, value: KeyOrEmpty },
      ...{ first_seq: Seq, gone_seq: Seq.nullable() },
    })
    .refine(
      ({ kind, value }) => (kind === 'provider') === (value === ''),
      'a provider must not have a value, and a model must',
    ),
  revisions: z
    .object({ id: Id, entity_id: Id, from_seq: Seq, to_seq: Seq.nullable(), body: z.string() })
    .refine(({ from_seq, to_seq }) => to_seq === null || to_seq > from_seq, 'it ends before it begins'),
  source_parts: z
    .object({ provider: Key, inputs: Text, digest: Digest, body: Packed.nullable() })
    .refine(
      ({ provider, digest, body }) => body === null || isPart(provider, digest, body),
      'its body does not match its digest',
    ),
  pulls: z.object({
    ...{ id: Id, source: SourceName, at: Millis, outcome: z.enum(OUTCOMES), origin: z.enum(['live', 'import']) },
    ...{ forced: z.literal([0, 1]), code: Text.nullable(), detail: LongText.nullable(), reasons: Reasons.nullable() },
    ...{ tier: Text.nullable(), index_version: z.number().nullable(), rate_limit_remaining: z.int().nullable() },
    ...{ models: Count.nullable(), providers: Count.nullable(), seq: Seq.nullable(), digest: Digest.nullable() },
    unread: jsonOf(z.array(z.strictObject({ field: z.string(), count: Count, example: z.string() }))).nullable(),
  }),
  payloads: z.object({
    id: Id,
    payload: Packed.refine(
      (packed) => unpackPayload(bytesOf(packed)) !== undefined,
      'its payload cannot be decompressed',
    ),
  }),
  accepted: z
    .object({
      ...{ source: SourceName, provider: KeyOrEmpty, pull_id: Id.nullable(), digest: Digest },
      ...{ totals: jsonOf(Totals), body: Packed },
    })
    .refine(({ digest, body }) => isJsonOfDigest(digest, body), 'its body does not match its digest'),
  holds: z
    .object({
      ...{ source: SourceName, provider: KeyOrEmpty, pull_id: Id, at: Millis },
      ...{ reasons: jsonOf(z.array(HoldReason)), rows: Packed },
    })
    .refine(({ rows }) => z.array(GuardedRow).safeParse(unpackJson(bytesOf(rows))).success, 'its rows cannot be read'),
  overrides: z
    .object({ id: Id, at: Millis, by: Text, provider: Key, value: KeyOrEmpty, body: LongText.nullable() })
    .refine((row) => row.body === null || isOverride(row, row.body), 'its body is not an override of its target'),
  remembered: z
    .object({ provider: Key, value: KeyOrEmpty, body: z.string() })
    .refine(({ body, ...key }) => isEntityBody(key, body), 'its body does not match its entity'),
}

/** The error in a row, if any. */
export function checkRow(table: BackupTable, row: object): string | undefined {
  const [issue] = ROWS[table].safeParse(row).error?.issues ?? []
  if (!issue) return undefined
  const column = issue.path.length > 0 ? `, ${issue.path.join('.')}` : ''
  return `a row of ${table}${column}: ${issue.message}`
}

export const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64')

const Part = z.strictObject({ provider: Provider, models: z.array(Model) })

function isPart(provider: string, digest: string, packed: string): boolean {
  const text = unpackText(bytesOf(packed))
  if (text === undefined || sha256(text) !== digest) return false
  const part = Part.safeParse(parseJson(text)).data
  return part?.provider.value === provider && canonicalize(part) === text
}

function isJsonOfDigest(digest: string, packed: string): boolean {
  const text = unpackText(bytesOf(packed))
  return text !== undefined && sha256(text) === digest && parseJson(text) !== undefined
}

function isOverride({ provider, value }: { provider: string; value: string }, text: string): boolean {
  const override = KeyedOverride.safeParse(parseJson(text)).data
  return override?.provider === provider && ('value' in override ? override.value : '') === value
}

/** `undefined` for what is not JSON. */
