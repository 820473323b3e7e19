/**
 * Says where the facts of the current version come from, by building it again from what it was built of. The build is
 * kept for as long as nothing that it depends on changes: a request then costs a look-up.
 */

import { type BuildSettings, type Config, requireBuildSettings } from '../../config.ts'
import { createProvenance } from '../../core/build/provenance.ts'
import { disagreementsOf } from '../../core/build/source-comparison.ts'
import { type FailureOf, fail, ok, type Result } from '../../core/failure.ts'
import { keyOf } from '../../core/model-order.ts'
import { applyOverrides } from '../../core/overrides/apply-overrides.ts'
import type { Model, ModelKey } from '../../core/schema/model.ts'
import type { Disagreement, Provenance } from '../../core/schema/operations.ts'
import { bodiesOf, contentText, versionOf } from '../../core/version.ts'
import { newestRow, toTime } from '../history/history.ts'
import type { Database } from '../store/database.ts'
import { enrichmentHeardAt } from '../store/enrichment.ts'
import { activeOverrides, newestOverrideId, readRemembered } from '../store/override-record.ts'
import { lastAcceptedPull } from '../store/pulls.ts'
import { getSetting } from '../store/settings.ts'
import { sha256 } from '../store/sha256.ts'
import { buildLatest, type Latest } from './builder.ts'

export interface Explained {
  model: Model
  provenance: Provenance
}

interface Build {
  /** What it depends on. */
  key: string
  models: Map<string, Model>
  /** It makes the current version; not so while a rollback is in force or a rebuild is due. */
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
      return unknown(
        'the current version is not what the latest facts make: a rollback is in force or a rebuild is due',
      )
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
    const latest = buildLatest(this.#parts.db, settings.value)
    if (!latest.ok) return latest
    if (!latest.value) return unknown('there is no accepted pull to tell it from')
    const { etag } = versionOf(sha256(contentText(bodiesOf(latest.value.catalogue))))
    const isCurrent = etag === `"${newestRow(this.#parts.db)?.etag}"`
    this.#build = { key, isCurrent, ...this.#explain(latest.value, settings.value) }
    return ok(this.#build)
  }

  #key({ leading }: BuildSettings): string {
    const db = this.#parts.db
    const facts = [getSetting(db, 'acceptedPull'), enrichmentHeardAt(db), newestOverrideId(db)]
    return JSON.stringify([leading, newestRow(db)?.seq, ...facts])
  }

  #explain(latest: Latest, { iqThresholds }: BuildSettings): Omit<Build, 'key' | 'isCurrent'> {
    const db = this.#parts.db
    const { sources, origins, catalogue } = latest
    const active = activeOverrides(db)
    const unhidden = active.map(({ override }) => ({ ...override, hidden: false }))
    const provenanceOf = createProvenance({
      ...{ sources, origins },
      at: {
        'artificial-analysis': toTime(lastAcceptedPull(db)?.at ?? 0),
        'models.dev': toTime(enrichmentHeardAt(db) ?? 0),
      },
      overrides: active.map(({ override, at }) => ({ override, at: toTime(at) })),
      unhidden: applyOverrides(sources, unhidden, { iqThresholds, remembered: readRemembered(db) }).catalogue,
    })
    return {
      models: new Map(catalogue.models.map((model) => [keyOf(model), model])),
      provenanceOf,
      disagreements: disagreementsOf(origins),
    }
  }
}

function unknown(reason: string): { ok: false; failure: FailureOf<'conflict'> } {
  return fail({ code: 'conflict', detail: `Cannot tell the origin of facts: ${reason}` })
}
