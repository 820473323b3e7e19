/** Recorded replies of models.dev, Epoch and Arena as the registry reads and builds them. */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { buildParts } from '../../../src/core/build/build-parts.ts'
import { joinRows, type Rows } from '../../../src/core/build/rows.ts'
import type { Failure, Result } from '../../../src/core/failure.ts'
import { createFamilies } from '../../../src/core/match/families.ts'
import { headOf } from '../../../src/core/match/head.ts'
import { ownProvidersOf } from '../../../src/core/match/labs/labs.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import { DEFAULT_EPOCH_THRESHOLDS } from '../../../src/core/score.ts'
import { billingOf } from '../../../src/core/statements/billing.ts'
import { mergeReadings } from '../../../src/core/statements/merge-readings.ts'
import { modelTypeOf } from '../../../src/core/statements/model-type.ts'
import type { NamedScore } from '../../../src/core/statements/statement.ts'
import type { SourceName } from '../../../src/core/vocabulary.ts'
import type { SourceReading } from '../../../src/sources/source.ts'
import { sourceNamed } from '../../../src/sources/sources.ts'

export interface ReadFiles {
  rows: Rows
  scores: readonly NamedScore[]
  /** Of the catalogue with the scores. */
  models: Model[]
}

export async function readFiles(files: { modelsDev: string; epoch: string; arena: string }): Promise<ReadFiles> {
  const readings = [
    ...readSource('models.dev', JSON.parse(await readText(files.modelsDev))),
    ...readSource('epoch', await readText(files.epoch)),
    ...readSource('arena', JSON.parse(await readText(files.arena))),
  ]
  const { providers, models: statements, scores } = mergeReadings(readings)
  const familyOf = createFamilies(statements)
  const joined = wanted(joinRows(statements, { familyOf, billingOf, providerNameOf: (provider) => provider }))
  const parts = wanted(
    buildParts({
      ...{ providers, models: statements, namedScores: scores, familyOf, billingOf, headOf, ownProvidersOf },
      ...{ typeOf: modelTypeOf, scale: { basis: 'epoch', thresholds: DEFAULT_EPOCH_THRESHOLDS } },
    }),
  )
  return { rows: joined.rows, scores, models: [...parts.values()].flatMap(({ models }) => models) }
}

function readSource(name: SourceName, page: unknown): SourceReading[] {
  const source = sourceNamed(name)
  return [...wanted(source.split([page])).shares.values()].map((share) => source.read(share, {}))
}

function wanted<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new CommandError(result.failure.detail)
  return result.value
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path)
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  } catch (error) {
    throw new CommandError(`Cannot read "${path}": ${error instanceof Error ? error.message : error}`)
  }
}
