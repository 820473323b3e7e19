/** Parts of a diff: some kinds of change, some providers or models, or all but what a re-scaled index did. Pure. */

import { keyOf } from '../model-order.ts'
import type { CatalogueDiff, Change } from '../schema/history.ts'
import type { Model, ModelKey, Provider } from '../schema/model.ts'
import { INDEX_VERSION_PATH } from './diff.ts'

export const CHANGE_GROUPS = ['pricing', 'iq', 'speed', 'metrics', 'capabilities', 'identity', 'status'] as const
export type ChangeGroup = (typeof CHANGE_GROUPS)[number]

export interface DiffFilter {
  /** Any of these kinds of change. */
  only?: ChangeGroup[]
  /** Any of these providers. */
  provider?: string[]
  /** Models that their own lab offers, or the others. */
  firstParty?: boolean
  /** Leaves out index, index version and iq of models whose index version changed. */
  rescale?: 'omit'
}

/** Every fact is of one kind. */
const GROUPS: Record<keyof Model | keyof Provider, ChangeGroup> = {
  id: 'identity',
  value: 'identity',
  provider: 'identity',
  name: 'identity',
  alias: 'identity',
  lab: 'identity',
  family: 'identity',
  firstParty: 'identity',
  series: 'identity',
  effort: 'identity',
  type: 'identity',
  sdk: 'identity',
  api: 'identity',
  website: 'identity',
  keyPlaceholder: 'identity',
  openWeights: 'identity',
  knowledgeCutoff: 'identity',
  releaseDate: 'identity',
  lastUpdated: 'identity',
  reasoning: 'capabilities',
  capabilities: 'capabilities',
  modalities: 'capabilities',
  iq: 'iq',
  speed: 'speed',
  billing: 'pricing',
  pricing: 'pricing',
  metrics: 'metrics',
  retiresOn: 'status',
  status: 'status',
}
const GROUP_BY_FACT: ReadonlyMap<string, ChangeGroup> = new Map(Object.entries(GROUPS))
const RESCALED_PATHS = ['metrics.intelligenceIndex', INDEX_VERSION_PATH, 'iq']

/** `firstParties` are the keys of the changed models that were or are first-party, which a diff itself does not show. */
export function filterDiff(
  diff: CatalogueDiff,
  filter: DiffFilter,
  firstParties: ReadonlySet<string> = new Set(),
): CatalogueDiff {
  const { provider: wanted, firstParty } = filter
  const isWanted = (provider: string) => wanted === undefined || wanted.includes(provider)
  const isOfKind = (is: boolean | undefined) => firstParty === undefined || (is ?? false) === firstParty
  const isWantedModel = (model: Model) => isWanted(model.provider) && isOfKind(model.firstParty)
  const isWantedKey = (key: ModelKey) => isWanted(key.provider) && isOfKind(firstParties.has(keyOf(key)))
  const providers = {
    added: diff.providers.added.filter(({ value }) => isWanted(value)),
    removed: diff.providers.removed.filter(({ value }) => isWanted(value)),
    changed: diff.providers.changed
      .filter(({ provider }) => isWanted(provider))
      .flatMap((entry) => filterEntry(entry, filter)),
  }
  const models = {
    added: diff.models.added.filter(isWantedModel),
    removed: diff.models.removed.filter(isWantedModel),
    changed: diff.models.changed.filter(isWantedKey).flatMap((entry) => filterEntry(entry, filter)),
  }
  const summary = { added: models.added.length, removed: models.removed.length, changed: models.changed.length }
  return { ...diff, summary, providers, models }
}

/** The changes of the wanted kinds. */
export function keepGroups(changes: Change[], only: readonly ChangeGroup[] | undefined): Change[] {
  return only ? changes.filter(({ path }) => only.some((group) => groupOf(path) === group)) : changes
}

function filterEntry<T extends { changes: Change[] }>(entry: T, { only, rescale }: DiffFilter): T[] {
  const rescaled = rescale === 'omit' && entry.changes.some(({ path }) => path === INDEX_VERSION_PATH)
  const kept = rescaled ? entry.changes.filter(({ path }) => !RESCALED_PATHS.includes(path)) : entry.changes
  const changes = keepGroups(kept, only)
  return changes.length > 0 ? [{ ...entry, changes }] : []
}

function groupOf(path: string): ChangeGroup | undefined {
  return GROUP_BY_FACT.get(path.split('.', 1)[0] ?? '')
}
