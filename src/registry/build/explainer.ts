/**
 * Explains where the facts of the current version come from, by rebuilding it from its inputs. The build is cached until
 * one of its inputs changes: until then a request costs a look-up.
 */

import { type BuildSettings, type Config, requireBuildSettings } from '../../config.ts'
import { buildPart } from '../../core/build/build-parts.ts'
import { typeOf } from '../../core/build/plan-readings.ts'
import { type FailureOf, fail, ok, type Result } from '../../core/failure.ts'
import { partsOf, rootOf } from '../../core/manifest/catalogue-parts.ts'
import { keyOf } from '../../core/model-order.ts'
import { applyOverrides } from '../../core/overrides/apply-overrides.ts'
import { lapseOverrides } from '../../core/overrides/lapse.ts'
import { isModelOverride, type Override } from '../../core/overrides/override.ts'
import { scheduledAt } from '../../core/overrides/price-schedule.ts'
import { disagreementsOf } from '../../core/provenance/disagreements.ts'
import { createProvenance } from '../../core/provenance/model-provenance.ts'
import type { Model, ModelKey } from '../../core/schema/model.ts'
import type { Disagreement, Provenance } from '../../core/schema/operations.ts'
import { newestCommit, toTime } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { activeOverrides, newestOverrideId, plainOverrides, readRemembered } from '../store/override-record.ts'
import { sha256 } from '../store/sha256.ts'
import { getState, sourceState } from '../store/state.ts'
import { type Planned, planAccepted } from './statements.ts'

export interface Explained {
  model: Model
  provenance: Provenance
}

interface Build {
  /** The inputs that the build depends on, as text. */
  key: string
  models: Map<string, Model>
  /** Whether the build equals the current version. It does not while a rollback is active or a rebuild is due. */
  isCurrent: boolean
  provenanceOf: (key: ModelKey) => Provenance | undefined
  disagreements: Disagreement[]
}

interface ExplainerParts {
  db: Database
  config: Config
}

export class Explainer {
  readonly #parts: ExplainerParts
  #build: Build | undefined

  constructor(parts: ExplainerParts) {
    this.#parts = parts
  }

  /** `undefined` if the current version has no such model. */
  explain(key: ModelKey): Result<Explained | undefined> {
    const build = this.#latest()
    if (!build.ok) return build
    if (!build.value.isCurrent)
      return unknown('the current version is not built from the latest facts: a rollback is active or a rebuild is due')
    const model = build.value.models.get(keyOf(key))
    const provenance = model && build.value.provenanceOf(key)
    return ok(provenance && { model, provenance })
  }

  disagreements(): Result<Disagreement[]> {
    const build = this.#latest()
    return build.ok ? ok(build.value.disagreements) : build
  }

  #latest(): Result<Build> {
    const settings = requireBuildSettings(this.#parts.config)
    if (!settings.ok) return settings
    const key = this.#key(settings.value)
    if (this.#build?.key === key) return ok(this.#build)
    const planned = planAccepted(this.#parts.db, settings.value)
    if (!planned.ok) return planned
    if (!planned.value) return unknown('no pull has been accepted yet')
    this.#build = { key, ...this.#explain(planned.value) }
    return ok(this.#build)
  }

  #key({ providers, ...settings }: BuildSettings): string {
    const { db } = this.#parts
    const states = getState(db, 'sources')
    return JSON.stringify([settings, providers.text, newestCommit(db)?.seq, states, newestOverrideId(db)])
  }

  #explain({ parts: inputs, scale }: Planned): Omit<Build, 'key'> {
    const { db } = this.#parts
    const parts = [...inputs.values()].map((part) => buildPart(part, typeOf))
    const sources = { providers: parts.map(({ provider }) => provider), models: parts.flatMap(({ models }) => models) }
    const origins = parts.flatMap((part) => part.origins)
    const active = activeOverrides(db)
    // The instant that the current version was built for.
    const at = newestCommit(db)?.committedAt ?? 0
    const holding = new Set(lapseOverrides(sources, plainOverrides(active)).holding)
    const context = { scale, remembered: readRemembered(db), at }
    const { catalogue } = applyOverrides(sources, plainOverrides(active), context)
    const unhidden = active.map(({ override }) => ({ ...override, hidden: false }))
    const provenanceOf = createProvenance({
      ...{ models: sources.models, origins },
      statedAt: (source) => toTime(sourceState(db, source).confirmedAt ?? 0),
      overrides: active
        .filter(({ override }) => holding.has(override))
        .map((put) => ({ override: withScheduled(put.override, at), at: toTime(put.at) })),
      unhidden: applyOverrides(sources, unhidden, context).catalogue.models,
    })
    return {
      isCurrent: rootOf(partsOf(catalogue), sha256) === newestCommit(db)?.root,
      models: new Map(catalogue.models.map((model) => [keyOf(model), model])),
      provenanceOf,
      disagreements: disagreementsOf(origins),
    }
  }
}

/** The override with the scheduled price of the moment as a fact that it sets. */
function withScheduled(override: Override, at: number): Override {
  const period = isModelOverride(override) ? scheduledAt(override.prices ?? [], at) : undefined
  return isModelOverride(override) && period
    ? { ...override, set: { ...override.set, pricing: period.pricing } }
    : override
}

function unknown(reason: string): { ok: false; failure: FailureOf<'conflict'> } {
  return fail({ code: 'conflict', detail: `Cannot return provenance: ${reason}` })
}
