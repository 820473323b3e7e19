/** Explains the models of parts from the inputs that the parts were built from, with the active overrides on top. */
import { buildPart } from '../../core/build/build-parts.ts'
import type { PartInputs } from '../../core/build/part-inputs.ts'
import { typeOf } from '../../core/build/plan-readings.ts'
import type { Entry } from '../../core/build/precedence.ts'
import { applyOverrides } from '../../core/overrides/apply-overrides.ts'
import { lapseOverrides } from '../../core/overrides/lapse.ts'
import { isModelOverride, type Override } from '../../core/overrides/override.ts'
import { scheduledAt } from '../../core/overrides/price-schedule.ts'
import { createProvenance } from '../../core/provenance/model-provenance.ts'
import type { Catalogue, Model, ModelKey } from '../../core/schema/model.ts'
import type { Provenance } from '../../core/schema/operations.ts'
import type { IqScale } from '../../core/score.ts'
import { newestCommit, toTime } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { type ActiveOverride, plainOverrides, readRemembered } from '../store/override-record.ts'
import { getState } from '../store/state.ts'

export interface Explained {
  model: Model
  provenance: Provenance
}

export interface Explanation {
  catalogue: Catalogue
  provenanceOf: (key: ModelKey) => Provenance | undefined
  origins: readonly Entry[]
}

export interface ExplanationInput {
  parts: readonly PartInputs[]
  scale: IqScale
  active: readonly ActiveOverride[]
  /** The providers of the parts, if they are not all. Their models may only inherit from models in the parts. */
  only?: ReadonlySet<string>
}

export function explainParts(db: Database, { parts: inputs, scale, active, only }: ExplanationInput): Explanation {
  const parts = inputs.map((part) => buildPart(part, typeOf))
  const sources = { providers: parts.map(({ provider }) => provider), models: parts.flatMap(({ models }) => models) }
  const origins = parts.flatMap((part) => part.origins)
  // The instant that the current version was built for.
  const at = newestCommit(db)?.committedAt ?? 0
  const plain = plainOverrides(active)
  const holding = new Set(lapseOverrides(sources, plain).holding)
  const context = { scale, remembered: readRemembered(db), at, ...(only && { only }) }
  const unhidden = plain.map((override) => ({ ...override, hidden: false }))
  // Read once: each fact of a model has the time of its source.
  const states = getState(db, 'sources') ?? {}
  const provenanceOf = createProvenance({
    ...{ models: sources.models, origins },
    statedAt: (source) => toTime(states[source]?.confirmedAt ?? 0),
    overrides: active
      .filter(({ override }) => holding.has(override))
      .map((put) => ({ override: withScheduled(put.override, at), at: toTime(put.at) })),
    unhidden: applyOverrides(sources, unhidden, context).catalogue.models,
  })
  return { catalogue: applyOverrides(sources, plain, context).catalogue, provenanceOf, origins }
}

/** The override with the scheduled price of the moment as a fact that it sets. */
function withScheduled(override: Override, at: number): Override {
  const period = isModelOverride(override) ? scheduledAt(override.prices ?? [], at) : undefined
  return isModelOverride(override) && period
    ? { ...override, set: { ...override.set, pricing: period.pricing } }
    : override
}
