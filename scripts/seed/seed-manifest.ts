/** A manifest from the sources alone, by the code that the Worker runs. */
import { createHash } from 'node:crypto'
import { buildCatalogue, type OtherSource } from '../../src/core/build/build-catalogue.ts'
import type { SourcePull } from '../../src/core/build/statement.ts'
import { ok, type Result, type SourceFailure } from '../../src/core/failure.ts'
import type { IqThresholds } from '../../src/core/score.ts'
import { bodiesOf, contentText, manifestText, versionOf } from '../../src/core/version.ts'
import { AA_CREATORS } from '../../src/sources/artificial-analysis/creators.ts'

export interface SeedInput {
  pull: SourcePull
  others?: readonly OtherSource[]
  iqThresholds: IqThresholds
  now: Date
}

export interface Seed {
  /** The manifest as KV keeps it. */
  text: string
  version: string
  models: number
  providers: number
}

export function seedOf({ now, ...input }: SeedInput): Result<Seed, SourceFailure> {
  const built = buildCatalogue({ ...input, names: {}, reserved: AA_CREATORS.values() })
  if (!built.ok) return built
  const { catalogue, attribution } = built.value
  const bodies = bodiesOf(catalogue)
  const content = contentText(bodies)
  const id = versionOf(createHash('sha256').update(content).digest('hex'))
  const text = manifestText({ ...id, generatedAt: now.toISOString() }, attribution, content)
  return ok({ text, version: id.version, models: bodies.models.length, providers: bodies.providers.length })
}
