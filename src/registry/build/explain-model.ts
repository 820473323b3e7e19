/**
 * Explains one model of the current version from what its part was built from, as it was kept, without a plan of everything
 * that is accepted. The result is the same.
 */
import type { BuildSettings } from '../../config.ts'
import type { PartInputs } from '../../core/build/part-inputs.ts'
import { canonicalize } from '../../core/json/canonical.ts'
import { keyOf } from '../../core/model-order.ts'
import { inheritedModels } from '../../core/overrides/affected-providers.ts'
import type { ModelKey } from '../../core/schema/model.ts'
import { openBody } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { activeOverrides, plainOverrides } from '../store/override-record.ts'
import { getState } from '../store/state.ts'
import { buildKey } from './builder.ts'
import { type Explained, explainParts } from './explanation.ts'
import { readInputs } from './part-inputs.ts'
import { scaleOf } from './statements.ts'

/**
 * `'unknown'` where only a plan can show it: while a rollback is active, a rebuild is due, or the inputs are not kept.
 * `undefined` if the current version has no such model.
 */
export function explainModel(db: Database, settings: BuildSettings, key: ModelKey): Explained | undefined | 'unknown' {
  if (getState(db, 'pin') !== undefined || getState(db, 'builtWith') !== buildKey(db, settings)) return 'unknown'
  const active = activeOverrides(db)
  const wanted = Map.groupBy(inheritedModels(key, plainOverrides(active)), ({ provider }) => provider)
  const parts = readParts(db, wanted)
  if (!parts) return 'unknown'
  const only = new Set(wanted.keys())
  // Parts of one build have one scale.
  const scale = parts[0]?.scale ?? scaleOf(db, settings)
  const { catalogue, provenanceOf } = explainParts(db, { parts, scale, active, only })
  const model = catalogue.models.find((one) => keyOf(one) === keyOf(key))
  // Whatever was overlooked here, no other facts are explained than those that are current.
  if ((model && canonicalize(model)) !== openBody(db, key)) return 'unknown'
  const provenance = model && provenanceOf(key)
  return provenance && { model, provenance }
}

/** `undefined` if the inputs of a provider that the sources list are not kept. */
function readParts(db: Database, wanted: ReadonlyMap<string, readonly ModelKey[]>): PartInputs[] | undefined {
  const parts: PartInputs[] = []
  for (const [provider, keys] of wanted) {
    const inputs = readInputs(
      db,
      provider,
      keys.map(({ value }) => value),
    )
    if (inputs === undefined) return undefined
    if (inputs) parts.push(inputs)
  }
  return parts
}
