/** Finds one model of a version, or explains why there is none, with the registry's own rules and messages. */
import type { Model, ModelKey } from '../../core/schema/model.ts'
import { findModel } from '../../core/search/by-id/find-model.ts'
import { type WhichModel, whichModel } from '../../core/search/by-id/which-model.ts'
import { ambiguousModel, missingId, missingModel } from '../../core/search/refusals.ts'
import { localProblem, type ProblemError } from '../errors.ts'
import type { Content } from '../kept/content.ts'

export function modelByAny(content: Content, model: ModelKey | string): Model | ProblemError {
  return typeof model === 'string' ? modelById(content, model) : modelIn(content, model)
}

export function modelIn({ id: { version }, providers, modelsOf }: Content, key: ModelKey): Model | ProblemError {
  const models = modelsOf(key.provider)
  const missing = () => missingModel(key, { version, providers, models })
  return modelOf(whichModel(models, key.value), `${key.provider}/${key.value}`, missing)
}

export function modelById(content: Content, id: string): Model | ProblemError {
  const { version } = content.id
  // An id that begins with its provider is usually found there, without a search of all models.
  const at = id.indexOf('/')
  const atProvider = at > 0 && whichModel(content.modelsOf(id.slice(0, at)), id.slice(at + 1))
  if (atProvider && atProvider.outcome === 'found') return atProvider.model
  const { models } = content.manifest()
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

/** The model that an id means, among all matches at all providers. */
export function foundOrProblem(matching: readonly Model[], id: string): Model | ProblemError | undefined {
  const which = findModel(matching, id)
  return which.outcome === 'none' ? undefined : modelOf(which, id, () => '')
}
