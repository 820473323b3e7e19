/**
 * Lapses overrides with `replaces`, which correct what a source states: they apply only while the sources still state
 * the facts that they replace. Pure.
 */
import { canonicalize } from '../json/canonical.ts'
import { keyOf } from '../model-order.ts'
import type { Catalogue } from '../schema/model.ts'
import { isModelOverride, type Override } from './override.ts'
import { factAt } from './override-facts.ts'

/** A lapsed override, with the first fact that differs. */
export interface Lapse {
  provider: string
  /** Absent for a provider. */
  value?: string
  path: string
  /** The value that the override replaces. */
  replaced: unknown
  /** The value that the sources state now, if any. */
  found?: unknown
}

/** `sources` are the facts before overrides. */
export function lapseOverrides(
  sources: Catalogue,
  overrides: readonly Override[],
): { holding: Override[]; lapses: Lapse[] } {
  const models = new Map(sources.models.map((model) => [keyOf(model), model]))
  const providers = new Map(sources.providers.map((provider) => [provider.value, provider]))
  const lapses: Lapse[] = []
  const holding = overrides.filter((override) => {
    const facts = isModelOverride(override) ? models.get(keyOf(override)) : providers.get(override.provider)
    const lapse = lapseOf(override, facts)
    if (lapse) lapses.push(lapse)
    return !lapse
  })
  return { holding, lapses }
}

function lapseOf({ provider, value, replaces = {} }: Override, facts: object | undefined): Lapse | undefined {
  const target = { provider, ...(value !== undefined && { value }) }
  for (const [path, replaced] of Object.entries(replaces)) {
    const found = factAt(facts, path.split('.'))
    if (found === undefined) return { ...target, path, replaced }
    if (canonicalize(found) !== canonicalize(replaced)) return { ...target, path, replaced, found }
  }
  return undefined
}
