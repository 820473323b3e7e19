/** Pages in, what the registry makes of them out; a failure is thrown, because the tests that use this expect none. */
import { buildCatalogue } from '../../../src/core/build/build-catalogue.ts'
import type { SourcePull, Statement } from '../../../src/core/build/statement.ts'
import { Catalogue, type Model } from '../../../src/core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { readPull } from '../../../src/sources/artificial-analysis/read-pull.ts'
import { aaPages, type Facts } from '../rows.ts'

export function pullOf(pages: unknown[]): SourcePull {
  const result = readPull(pages)
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value
}

export function statementOf(row: Facts): Statement {
  const [statement] = pullOf(aaPages([row])).statements
  if (!statement) throw new Error('Cannot find the statement: there is none')
  return statement
}

export function catalogueOf(pages: unknown[]): Catalogue {
  const built = buildCatalogue({ pull: pullOf(pages), iqThresholds: DEFAULT_IQ_THRESHOLDS, names: {}, reserved: [] })
  if (!built.ok) throw new Error(built.failure.detail)
  return Catalogue.parse(built.value.catalogue)
}

export function modelOf(row: Facts, tier = 'free'): Model {
  const [model] = catalogueOf(aaPages([row], { tier })).models
  if (!model) throw new Error('Cannot find the model: there is none')
  return model
}
