/**
 * Finds the model that an id means, with or without a provider: `openai/gpt-5.5`, or `gpt-5.5` as its lab offers it.
 * Pure; shared by the server and the client.
 */
import { groupBy } from '../../group-by.ts'
import { OWN_PROVIDERS } from '../../match/labs/lab-data.ts'
import type { Model } from '../../schema/model.ts'
import { chosenOf, type WhichModel, whichModel } from './which-model.ts'

/**
 * `models`: in the order of a manifest. If the text before the first slash is a provider, the id is looked up there
 * first.
 */
export function findModel(models: readonly Model[], id: string): WhichModel {
  const at = id.indexOf('/')
  const named = models.filter(({ provider }) => provider === id.slice(0, Math.max(at, 0)))
  const inProvider = whichModel(named, id.slice(at + 1))
  if (inProvider.outcome !== 'none') return inProvider
  const ofLabs = whichOfLabs(models, id)
  return ofLabs.outcome === 'none' ? chosenOf(whichEverywhere(models, id)) : ofLabs
}

/**
 * Looks at each lab's own providers, in their order, and takes the first with a match. Matches of several labs are
 * ambiguous.
 */
export function whichOfLabs(models: readonly Model[], id: string): WhichModel {
  const byLab = groupBy(
    models.filter(({ firstParty }) => firstParty),
    ({ lab = '' }) => lab,
  )
  const ordered = [...byLab].sort(([a], [b]) => (a < b ? -1 : 1))
  return chosenOf(ordered.flatMap(([lab, own]) => whichOfLab(lab, own, id)))
}

/** Every model that the id means, at every provider. */
export function whichEverywhere(models: readonly Model[], id: string): Model[] {
  return [...groupBy(models, ({ provider }) => provider).values()].flatMap((own) => matchesOf(whichModel(own, id)))
}

function whichOfLab(lab: string, models: readonly Model[], id: string): Model[] {
  const byProvider = groupBy(models, ({ provider }) => provider)
  const ordered = new Set([...(OWN_PROVIDERS[lab] ?? []), ...byProvider.keys()])
  for (const provider of ordered) {
    const matches = matchesOf(whichModel(byProvider.get(provider) ?? [], id))
    if (matches.length > 0) return matches
  }
  return []
}

function matchesOf(which: WhichModel): Model[] {
  switch (which.outcome) {
    case 'found':
      return [which.model]
    case 'ambiguous':
      return which.candidates
    case 'none':
      return []
  }
}
