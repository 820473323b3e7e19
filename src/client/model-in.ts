/** Finds one model of a manifest, or says why there is none: the registry's own rules and words. */
import type { Manifest } from '../core/schema/history.ts'
import type { Model, ModelKey } from '../core/schema/model.ts'
import { findModel } from '../core/search/find-model.ts'
import { ambiguousModel, missingId, missingModel } from '../core/search/refusals.ts'
import { type WhichModel, whichModel } from '../core/search/which-model.ts'
import { localProblem, type ProblemError } from './errors.ts'

export function modelByAny(manifest: Manifest, model: ModelKey | string): Model | ProblemError {
  return typeof model === 'string' ? modelById(manifest, model) : modelIn(manifest, model)
}

export function modelIn(manifest: Manifest, key: ModelKey): Model | ProblemError {
  const { version } = manifest
  const models = manifest.models.filter(({ provider }) => provider === key.provider)
  const missing = () => missingModel(key, { version, providers: providersOf(manifest), models })
  return modelOf(whichModel(models, key.value), `${key.provider}/${key.value}`, missing)
}

export function modelById({ version, models }: Manifest, id: string): Model | ProblemError {
  return modelOf(findModel(models, id), id, () => missingId(version, id, models))
}

function modelOf(which: WhichModel, asked: string, missing: () => string): Model | ProblemError {
  switch (which.outcome) {
    case 'found':
      return which.model
    case 'ambiguous':
      return localProblem(ambiguousModel(asked, which.candidates))
    case 'none':
      return localProblem({ code: 'not-found', detail: missing() })
  }
}

export const providersOf = ({ providers }: Manifest): string[] => providers.map(({ value }) => value)
