/** What a push has to send: the overrides that differ from the active ones, and those to delete. */
import { groupBy } from '../../../core/group-by.ts'
import { canonicalize } from '../../../core/json/canonical.ts'
import type { KeyedOverride } from '../../../core/overrides/override-schema.ts'
import { bodyOf, compareTargets, type OverrideFile } from './override-file.ts'

export interface PlannedChange {
  kind: 'new' | 'replaced' | 'deleted'
  /** The override to put, or the active one to delete. */
  override: KeyedOverride
}

export interface PlanOptions {
  /** Whether to delete those of providers without a file too. */
  all: boolean
}

export function planPush(
  files: readonly OverrideFile[],
  active: readonly KeyedOverride[],
  { all }: PlanOptions,
): PlannedChange[] {
  const wanted = new Map(files.flatMap(({ overrides }) => overrides).map((override) => [keyOf(override), override]))
  const there = new Map(active.map((override) => [keyOf(override), override]))
  const providers = new Set(files.map(({ provider }) => provider))
  const puts = [...wanted.values()].flatMap((override): PlannedChange[] => {
    const old = there.get(keyOf(override))
    if (old && isSame(old, override)) return []
    return [{ kind: old ? 'replaced' : 'new', override }]
  })
  const withdrawals = active
    .filter((override) => !wanted.has(keyOf(override)) && (all || providers.has(override.provider)))
    .map((override): PlannedChange => ({ kind: 'deleted', override }))
  return [...puts, ...withdrawals].sort((a, b) => compareTargets(a.override, b.override))
}

/** Overrides in files that are none of the known ones. */
export function findUnknown(files: readonly OverrideFile[], known: readonly KeyedOverride[]): KeyedOverride[] {
  const byKey = groupBy(known, keyOf)
  return files
    .flatMap(({ overrides }) => overrides)
    .filter((override) => !byKey.get(keyOf(override))?.some((one) => isSame(one, override)))
}

/** As an item of a bulk request. */
export function bulkItemOf({ kind, override }: PlannedChange): object {
  const { provider, value } = override
  if (kind === 'deleted') return { provider, ...(value !== undefined && { value }), delete: true }
  return override
}

/** The name of a target in messages. */
export function nameOf({ provider, value }: { provider: string; value?: string }): string {
  return value === undefined ? `provider ${provider}` : `${provider}/${value}`
}

// No key holds a control character.
const keyOf = ({ provider, value = '' }: KeyedOverride): string => `${provider}\n${value}`
const isSame = (a: KeyedOverride, b: KeyedOverride): boolean => canonicalize(bodyOf(a)) === canonicalize(bodyOf(b))
