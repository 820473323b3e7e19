/**
 * One provider's overrides as a JSON text for people and for git: `{ comment?, provider?, models? }`, one fact a line,
 * always in the same order. Reading checks with the schemas that the registry checks with.
 */
import * as z from 'zod'
import { toDotPath } from 'zod/v4/core'
import { compareText } from '../../../core/json/canonical.ts'
import { findRepeatedKey } from '../../../core/json/repeated-key.ts'
import { isModelOverride } from '../../../core/overrides/override.ts'
import {
  Key,
  type KeyedOverride,
  ModelOverrideBody,
  ProviderOverrideBody,
} from '../../../core/overrides/override-schema.ts'
import type { ScheduledPrices } from '../../../core/overrides/price-schedule.ts'

export interface OverrideFile {
  provider: string
  /** Where the facts come from. */
  comment?: string
  /** The provider's own first, then its models' by value. */
  overrides: KeyedOverride[]
}

/** Why a text is not such a file: one line per reason, with its path in the file. */
export interface Complaints {
  complaints: string[]
}

const OverrideFileText = z.strictObject({
  comment: z.string().optional(),
  provider: z.unknown().optional(),
  models: z.record(z.string(), z.unknown()).optional(),
})

export function parseOverrideFile(provider: string, text: string): OverrideFile | Complaints {
  let json: unknown
  const forbidden: string[] = []
  try {
    json = JSON.parse(text, (key, value) => {
      // Schemas ignore this key.
      if (key === '__proto__') forbidden.push('__proto__: is not an allowed field')
      return value
    })
  } catch (error) {
    return { complaints: [`not JSON: ${error instanceof Error ? error.message : 'unknown reason'}`] }
  }
  const repeated = findRepeatedKey(text)
  if (repeated !== undefined) return { complaints: [`has the key "${repeated}" twice in one object`] }
  const file = OverrideFileText.safeParse(json)
  if (!file.success) return { complaints: complaintsOf(file.error, []) }
  const { comment, provider: own, models = {} } = file.data
  const read = [
    ...(own === undefined ? [] : [readOverride({ provider }, own, ['provider'])]),
    ...Object.entries(models).map(([value, body]) => readOverride({ provider, value }, body, ['models', value])),
  ]
  const complaints = [...forbidden, ...read.flatMap((one) => ('complaints' in one ? one.complaints : []))]
  if (complaints.length > 0) return { complaints }
  const overrides = read.flatMap((one) => ('complaints' in one ? [] : [one])).sort(compareTargets)
  return { provider, ...(comment !== undefined && { comment }), overrides }
}

/** `path` is the position of the body, for messages. */
export function readOverride(
  target: { provider: string; value?: string },
  body: unknown,
  path: string[],
): KeyedOverride | Complaints {
  const key = z.object({ provider: Key, value: Key.optional() }).safeParse(target)
  if (!key.success) return { complaints: key.error.issues.map(({ message }) => `${toDotPath(path)}: ${message}`) }
  const schema: z.ZodType<object> = target.value === undefined ? ProviderOverrideBody : ModelOverrideBody
  const parsed = schema.safeParse(body)
  // The target decides which of the two schemas has just checked the body.
  return parsed.success
    ? ({ ...target, ...parsed.data } as KeyedOverride)
    : { complaints: complaintsOf(parsed.error, path) }
}

export function formatOverrideFile({ comment, overrides }: Omit<OverrideFile, 'provider'>): string {
  const own = overrides.find(({ value }) => value === undefined)
  const models = overrides
    .filter(({ value }) => value !== undefined)
    .sort(compareTargets)
    .map((override) => [override.value, bodyOf(override)])
  const file = {
    ...(comment !== undefined && { comment }),
    ...(own && { provider: bodyOf(own) }),
    ...(models.length > 0 && { models: Object.fromEntries(models) }),
  }
  return `${stringify(file, '', 0)}\n`
}

/** Without its target, in the order of the file; `unset` is sorted, since its order has no meaning. */
export function bodyOf(override: KeyedOverride): object {
  const { inheritFrom, prices } = isModelOverride(override) ? override : {}
  const { set, unset, hidden, replaces, note } = override
  return {
    ...(inheritFrom && { inheritFrom: sorted(inheritFrom) }),
    ...(set && { set: sorted(set) }),
    ...(unset && { unset: unset.toSorted(compareText) }),
    ...(hidden !== undefined && { hidden }),
    ...(prices && { prices: prices.map(periodOf) }),
    ...(replaces && { replaces: sorted(replaces) }),
    note,
  }
}

function periodOf({ from, until, pricing, source, note }: ScheduledPrices): object {
  const span = { from, ...(until !== undefined && { until }) }
  return { ...span, pricing: sorted(pricing), source, ...(note !== undefined && { note }) }
}

export function compareTargets(a: KeyedOverride, b: KeyedOverride): number {
  return compareText(a.provider, b.provider) || compareText(a.value ?? '', b.value ?? '')
}

function complaintsOf(error: z.ZodError, path: string[]): string[] {
  return error.issues.map((issue) => {
    const where = toDotPath([...path, ...issue.path])
    return where ? `${where}: ${issue.message}` : issue.message
  })
}

function sorted(facts: unknown): unknown {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return facts
  const entries = Object.entries(facts).filter(([, fact]) => fact !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)).map(([key, fact]) => [key, sorted(fact)]))
}

/** As the project's formatter formats it. */
const LINE_WIDTH = 120

/** One member per line, and a list on one line if it fits; `used` is the width of the line before it. */
function stringify(value: unknown, indent: string, used: number): string {
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
    return used + line.length < LINE_WIDTH
      ? line
      : block(
          '[]',
          indent,
          value.map((item) => stringify(item, inner, 0)),
        )
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([key, member]) => {
    const name = `${JSON.stringify(key)}: `
    return name + stringify(member, inner, inner.length + name.length)
  })
  return members.length === 0 ? '{}' : block('{}', indent, members)
}

function block(brackets: '[]' | '{}', indent: string, lines: string[]): string {
  return `${brackets[0]}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${brackets[1]}`
}
