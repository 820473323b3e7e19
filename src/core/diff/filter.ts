/** Parts of a diff: some kinds of change, some providers, or all but what a re-scaled index did. */

import type { CatalogueDiff, Change } from '../schema/history.ts'
import { INDEX_VERSION_PATH } from './diff.ts'

export const CHANGE_GROUPS = ['pricing', 'iq', 'speed', 'metrics', 'capabilities', 'identity', 'status'] as const
export type ChangeGroup = (typeof CHANGE_GROUPS)[number]

export interface DiffFilter {
  /** Any of these kinds of change. */
  only?: ChangeGroup[]
  /** Any of these providers. */
  provider?: string[]
  /** Leaves out index, index version and iq of models whose index version changed. */
  rescale?: 'omit'
}

const IDENTITY_PATHS = ['id', 'name', 'alias', 'releaseDate']
const RESCALED_PATHS = ['metrics.intelligenceIndex', INDEX_VERSION_PATH, 'iq']

export function filterDiff(diff: CatalogueDiff, filter: DiffFilter): CatalogueDiff {
  const { provider: wanted } = filter
  const isWanted = (provider: string) => wanted === undefined || wanted.includes(provider)
  const providers = {
    added: diff.providers.added.filter(({ value }) => isWanted(value)),
    removed: diff.providers.removed.filter(({ value }) => isWanted(value)),
    changed: diff.providers.changed
      .filter(({ provider }) => isWanted(provider))
      .flatMap((entry) => filterEntry(entry, filter)),
  }
  const models = {
    added: diff.models.added.filter(({ provider }) => isWanted(provider)),
    removed: diff.models.removed.filter(({ provider }) => isWanted(provider)),
    changed: diff.models.changed
      .filter(({ provider }) => isWanted(provider))
      .flatMap((entry) => filterEntry(entry, filter)),
  }
  const summary = { added: models.added.length, removed: models.removed.length, changed: models.changed.length }
  return { ...diff, summary, providers, models }
}

/** The changes of the wanted kinds. */
export function keepGroups(changes: Change[], only: readonly ChangeGroup[] | undefined): Change[] {
  return only ? changes.filter(({ path }) => only.some((group) => isInGroup(path, group))) : changes
}

function filterEntry<T extends { changes: Change[] }>(entry: T, { only, rescale }: DiffFilter): T[] {
  const rescaled = rescale === 'omit' && entry.changes.some(({ path }) => path === INDEX_VERSION_PATH)
  const kept = rescaled ? entry.changes.filter(({ path }) => !RESCALED_PATHS.includes(path)) : entry.changes
  const changes = keepGroups(kept, only)
  return changes.length > 0 ? [{ ...entry, changes }] : []
}

function isInGroup(path: string, group: ChangeGroup): boolean {
  return group === 'identity' ? IDENTITY_PATHS.includes(path) : path === group || path.startsWith(`${group}.`)
}
