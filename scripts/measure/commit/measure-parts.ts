/** What the pure parts of a build cost, each by itself, on Node: the engine is that of workerd. */
import { gzipSync } from 'node:zlib'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { medianOf } from '../../../src/cli/shared/table.ts'
import { buildPart } from '../../../src/core/build/build-parts.ts'
import { inputsOf } from '../../../src/core/build/part-inputs.ts'
import { planReadings, typeOf } from '../../../src/core/build/plan-readings.ts'
import { bodyOfPart, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest } from '../../../src/core/manifest/manifest-layout.ts'
import { versionOf } from '../../../src/core/manifest/version.ts'
import { createFamilies } from '../../../src/core/match/families.ts'
import { chooseScale } from '../../../src/core/score.ts'
import { MODELS_DEV } from '../../../src/sources/models-dev/models-dev.ts'
import type { Body } from './read-body.ts'

export interface PartCost {
  name: string
  /** Of CPU, once the code is compiled. */
  milliseconds: number
  /** Of CPU the first time: a registry builds once a day, with code that nothing has run before. */
  firstTime: number
}

const ROUNDS = 5

/** `JSON.parse` comes first. */
export function measureParts(body: Body): PartCost[] {
  const times = new Map<string, number[]>()
  for (let round = 0; round < ROUNDS; round++) runParts(JSON.stringify(body), times)
  return [...times].map(([name, [firstTime = Number.NaN, ...later]]) => ({
    ...{ name, firstTime },
    milliseconds: medianOf(later),
  }))
}

function runParts(text: string, times: Map<string, number[]>): void {
  const timed = <T>(name: string, run: () => T): T => {
    const before = process.cpuUsage()
    const result = run()
    const { user, system } = process.cpuUsage(before)
    times.set(name, [...(times.get(name) ?? []), (user + system) / 1000])
    return result
  }
  const json: unknown = timed('JSON.parse of the body', () => JSON.parse(text))
  const split = timed('split into shares', () => MODELS_DEV.split([json]))
  const shares = split.ok ? [...split.value.shares.values()] : []
  const texts = timed('JSON.stringify of the shares', () => shares.map((share) => JSON.stringify(share)))
  timed('SHA-256 of the shares', () => texts.map(sha256))
  timed('gzip of the shares', () => texts.map((share) => gzipSync(share, { level: 1 })))
  const readings = timed('read the shares', () => shares.map((share) => MODELS_DEV.read(share, {})))
  const models = readings.flatMap((reading) => reading.models)
  const familyOf = timed('index families', () => createFamilies(models))
  timed('match each row', () => models.map(familyOf))
  const planned = timed('plan all parts, families included', () =>
    planReadings(readings, chooseScale({}, false), () => true),
  )
  const inputs = planned.ok ? [...planned.value.parts.values()] : []
  timed('inputs of each part, hashed', () => inputs.map((one) => sha256(inputsOf(one, []))))
  const built = timed('build all parts', () => inputs.map((one) => buildPart(one, typeOf)))
  const bodies = timed('canonical JSON', () => built.map((part) => bodyOfPart(part.provider, part.models)))
  const root = timed('SHA-256 of parts and root', () => rootOf(bodies, sha256))
  const head = { ...versionOf(root), generatedAt: new Date(0).toISOString(), attribution: [MODELS_DEV.attribution] }
  timed('lay out the manifest', () => layOutManifest(head, bodies))
}
