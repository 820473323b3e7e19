/** A manifest from the sources alone, by the code that the Worker runs. */
import { sha256 } from '../../src/cli/shared/sha256.ts'
import type { BuildSettings } from '../../src/config.ts'
import { buildPart } from '../../src/core/build/build-parts.ts'
import { planReadings, typeOf } from '../../src/core/build/plan-readings.ts'
import { nameProviders } from '../../src/core/build/provider-names.ts'
import { bodyOfPart, rootOf } from '../../src/core/catalogue-parts.ts'
import { ok, type Result, type SourceFailure } from '../../src/core/failure.ts'
import { layOutManifest } from '../../src/core/manifest-layout.ts'
import { chooseScale } from '../../src/core/score.ts'
import { type PartBody, versionOf } from '../../src/core/version.ts'
import { AA_CREATORS } from '../../src/sources/artificial-analysis/creators.ts'
import { creditsOf, type UsedSource } from '../../src/sources/credits.ts'
import type { Source, SourceReading } from '../../src/sources/source.ts'

/** What one source replied. */
export interface SeedPull {
  source: Source
  pages: unknown[]
}

export interface Seed {
  /** The manifest as KV keeps it. */
  bytes: Uint8Array
  version: string
  models: number
  providers: number
}

type SeedSettings = Omit<BuildSettings, 'off'>

export function seedOf(pulls: readonly SeedPull[], settings: SeedSettings, now: Date): Result<Seed, SourceFailure> {
  const used: (UsedSource & { source: Source })[] = []
  for (const pull of pulls) {
    const read = readPull(pull)
    if (!read.ok) return read
    used.push({ source: pull.source, readings: read.value })
  }
  const scale = chooseScale(
    settings,
    used.some(({ source }) => source.name === 'artificial-analysis'),
  )
  const readings = used.flatMap((one) => one.readings)
  const planned = planReadings(readings, scale, settings.providers.keeps)
  if (!planned.ok) return planned
  const parts = [...planned.value.parts.values()].map((inputs) => buildPart(inputs, typeOf))
  const hasIq = parts.some(({ models }) => models.some(({ iq }) => iq !== undefined))
  const head = {
    generatedAt: now.toISOString(),
    ...(hasIq && { iqBasis: scale.basis }),
    attribution: creditsOf(used),
  }
  return ok(
    seedFromParts(
      parts.map(({ provider, models }) => bodyOfPart(provider, models)),
      head,
    ),
  )
}

function readPull({ source, pages }: SeedPull): Result<SourceReading[], SourceFailure> {
  const split = source.split(pages)
  if (!split.ok) return split
  const shares = [...split.value.shares.values()]
  const creators = shares.flatMap((share) => source.creatorsIn(share))
  const names = nameProviders(creators, {}, AA_CREATORS.values())
  return ok(shares.map((share) => source.read(share, names)))
}

function seedFromParts(
  parts: readonly PartBody[],
  head: Omit<Parameters<typeof layOutManifest>[0], 'version' | 'etag'>,
) {
  const id = versionOf(rootOf(parts, sha256))
  const { bytes } = layOutManifest({ ...id, ...head }, parts)
  const models = parts.reduce((sum, part) => sum + part.models.length, 0)
  return { bytes, version: id.version, models, providers: parts.length }
}
