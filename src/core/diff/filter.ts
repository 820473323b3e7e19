/** Filters a diff by kind of change, by provider or model, or by whether an index re-scale caused the change. Pure. */

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
  /** Only first-party models (true), or only the others (false). */
  firstParty?: boolean
  /**
   * Omits the changes of `iq`, and of the index behind it, that a new scale caused in models that already had a score.
   */
  rescale?: 'omit'
}

/** The one kind that each fact belongs to. */
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
/** The paths of the basis that states no version. A re-fit changes every score on it in one commit. */
const REFITTED_PATHS = ['metrics.epochCapabilitiesIndex', 'iq']

/** `firstParties`: the keys of changed models that were or are first-party. The diff itself does not show that. */
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
      .flatMap((entry) => filterEntry(entry, filter, false)),
  }
  const isRescaled = filter.rescale === 'omit' && diff.rescaled !== undefined
  const models = {
    added: diff.models.added.filter(isWantedModel),
    removed: diff.models.removed.filter(isWantedModel),
    changed: diff.models.changed.filter(isWantedKey).flatMap((entry) => filterEntry(entry, filter, isRescaled)),
  }
  const summary = { added: models.added.length, removed: models.removed.length, changed: models.changed.length }
  return { ...diff, summary, providers, models }
}

/** The changes of the wanted kinds. */
export function keepGroups(changes: Change[], only: readonly ChangeGroup[] | undefined): Change[] {
  return only ? changes.filter(({ path }) => only.some((group) => groupOf(path) === group)) : changes
}

function filterEntry<T extends { changes: Change[] }>(
  entry: T,
  { only, rescale }: DiffFilter,
  isRescaled: boolean,
): T[] {
  const newVersion = rescale === 'omit' && entry.changes.some(({ path }) => path === INDEX_VERSION_PATH)
  const kept = entry.changes.filter(
    (change) => !(newVersion && RESCALED_PATHS.includes(change.path)) && !(isRescaled && isRefit(change)),
  )
  const changes = keepGroups(kept, only)
  return changes.length > 0 ? [{ ...entry, changes }] : []
}

/** Requires a score on both sides: gaining or losing a score is a change on any scale. */
function isRefit({ path, before, after }: Change): boolean {
  return REFITTED_PATHS.includes(path) && before !== undefined && after !== undefined
}

function groupOf(path: string): ChangeGroup | undefined {
  return GROUP_BY_FACT.get(path.split('.', 1)[0] ?? '')
}
