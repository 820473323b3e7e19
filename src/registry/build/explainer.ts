/**
 * Explains where the facts of the current version come from: one model from the inputs of its part, everything by building
 * it again. That build is cached until one of its inputs changes: until then a request costs a look-up.
 */

import { type BuildSettings, type Config, requireBuildSettings } from '../../config.ts'
import { type FailureOf, fail, ok, type Result } from '../../core/failure.ts'
import { partsOf, rootOf } from '../../core/manifest/catalogue-parts.ts'
import { keyOf } from '../../core/model-order.ts'
import { disagreementsOf } from '../../core/provenance/disagreements.ts'
import type { Model, ModelKey } from '../../core/schema/model.ts'
import type { Disagreement, Provenance } from '../../core/schema/operations.ts'
import { newestCommit } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { activeOverrides, newestOverrideId } from '../store/override-record.ts'
import { sha256 } from '../store/sha256.ts'
import { getState } from '../store/state.ts'
import { explainModel } from './explain-model.ts'
import { type Explained, explainParts } from './explanation.ts'
import { storeMissingInputs } from './part-inputs.ts'
import { type Planned, planAccepted } from './statements.ts'

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
    const settings = requireBuildSettings(this.#parts.config)
    if (!settings.ok) return settings
    const explained = explainModel(this.#parts.db, settings.value, key)
    return explained === 'unknown' ? this.explainByPlan(key) : ok(explained)
  }

  /** The same, from a build of everything. */
  explainByPlan(key: ModelKey): Result<Explained | undefined> {
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
    const { db, config } = this.#parts
    const settings = requireBuildSettings(config)
    if (!settings.ok) return settings
    const key = this.#key(settings.value)
    if (this.#build?.key === key) return ok(this.#build)
    const planned = planAccepted(db, settings.value)
    if (!planned.ok) return planned
    if (!planned.value) return unknown('no pull has been accepted yet')
    storeMissingInputs(db, planned.value)
    this.#build = { key, ...buildOf(db, planned.value) }
    return ok(this.#build)
  }

  #key({ providers, ...settings }: BuildSettings): string {
    const { db } = this.#parts
    const states = getState(db, 'sources')
    return JSON.stringify([settings, providers.text, newestCommit(db)?.seq, states, newestOverrideId(db)])
  }
}

function buildOf(db: Database, { parts, scale }: Planned): Omit<Build, 'key'> {
  const explained = explainParts(db, { parts: [...parts.values()], scale, active: activeOverrides(db) })
  const { catalogue, provenanceOf, origins } = explained
  return {
    isCurrent: rootOf(partsOf(catalogue), sha256) === newestCommit(db)?.root,
    models: new Map(catalogue.models.map((model) => [keyOf(model), model])),
    provenanceOf,
    disagreements: disagreementsOf(origins),
  }
}

function unknown(reason: string): { ok: false; failure: FailureOf<'conflict'> } {
  return fail({ code: 'conflict', detail: `Cannot return provenance: ${reason}` })
}
