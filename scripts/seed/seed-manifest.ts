/** A manifest from a pull alone, by the code that the Worker runs. */
import { createHash } from 'node:crypto'
import { buildCatalogue } from '../../src/core/catalogue.ts'
import { ok, type Result, type SourceFailure } from '../../src/core/failure.ts'
import type { IqThresholds } from '../../src/core/score.ts'
import type { SourcePull } from '../../src/core/source-pull.ts'
import { bodiesOf, contentText, manifestText, versionOf } from '../../src/core/version.ts'
import { AA_CREATORS } from '../../src/sources/artificial-analysis-creators.ts'

export interface Seed {
  /** The manifest as KV keeps it. */
  text: string
  version: string
  models: number
  providers: number
}

export function seedOf(pull: SourcePull, iqThresholds: IqThresholds, now: Date): Result<Seed, SourceFailure> {
  const built = buildCatalogue({ pull, iqThresholds, names: {}, reserved: AA_CREATORS.values() })
  if (!built.ok) return built
  const bodies = bodiesOf(built.value.catalogue)
  const content = contentText(bodies)
  const id = versionOf(createHash('sha256').update(content).digest('hex'))
  const text = manifestText({ ...id, generatedAt: now.toISOString() }, pull.attribution, content)
  return ok({ text, version: id.version, models: bodies.models.length, providers: bodies.providers.length })
}
