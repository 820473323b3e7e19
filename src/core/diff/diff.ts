/**
 * What changed between two catalogues. Applying `diff(a, b)` to `a` gives exactly `b`; `diff(a, a)` is empty. The
 * identity of a model is its provider and value: a slug that moved to another id is a change with path `id`.
 */

import { groupBy } from '../group-by.ts'
import { canonicalize, compareText } from '../json/canonical.ts'
import { compareModels, keyOf } from '../model-order.ts'
import type { CatalogueDiff, Change } from '../schema/history.ts'
import type { Catalogue, Provider } from '../schema/model.ts'
import { applyChanges, changesBetween } from './change.ts'

/** The entities to compare. Those on one side only were added or removed. */
export interface Sides<T> {
  before: T[]
  after: T[]
}

/** The name of the `iq` scale on each side; null if no model on that side has a score. */
export interface IqScales {
  from: string | null
  to: string | null
}

/**
 * The diff of two catalogues, or of only those parts that may differ. Without `scales`, the index versions of the
 * models show whether the scales differ.
 */
export function diffCatalogues(before: Catalogue, after: Catalogue, scales?: IqScales): CatalogueDiff {
  const providers = compareSides({ before: before.providers, after: after.providers }, providerKeyOf)
  const models = compareSides({ before: before.models, after: after.models }, keyOf)
  const isScaled = scales !== undefined && (scales.from !== null || scales.to !== null)
  const rescaled = isScaled ? rescalingBetween(scales) : rescalingOf(models.changed.map(({ changes }) => changes))
  return {
    summary: { added: models.added.length, removed: models.removed.length, changed: models.changed.length },
    ...(rescaled && { rescaled }),
    providers: {
      added: providers.added.sort(compareProviders),
      removed: providers.removed.sort(compareProviders),
      changed: providers.changed
        .map(({ entity, changes }) => ({ provider: entity.value, changes }))
        .sort(compareProvider),
    },
    models: {
      added: models.added.sort(compareModels),
      removed: models.removed.sort(compareModels),
      changed: models.changed
        .map(({ entity: { provider, value }, changes }) => ({ provider, value, changes }))
        .sort(compareModels),
    },
  }
}

/** Applies a diff to the catalogue that it starts from. */
export function applyDiff(
  { providers, models }: Catalogue,
  diff: Pick<CatalogueDiff, 'providers' | 'models'>,
): Catalogue {
  return {
    providers: applySides(providers, diff.providers, providerKeyOf, ({ provider }) => provider).sort(compareProviders),
    models: applySides(models, diff.models, keyOf, keyOf).sort(compareModels),
  }
}

function applySides<T extends object, Changed extends { changes: Change[] }>(
  entities: T[],
  diff: { added: T[]; removed: T[]; changed: Changed[] },
  identify: (entity: T) => string,
  identifyChanged: (changed: Changed) => string,
): T[] {
  const next = new Map(entities.map((entity) => [identify(entity), entity]))
  for (const entity of diff.removed) next.delete(identify(entity))
  for (const changed of diff.changed) {
    const key = identifyChanged(changed)
    const entity = next.get(key)
    if (!entity) throw new Error(`Cannot apply the diff: no entity "${key}"`)
    next.set(key, applyChanges(entity, changed.changes))
  }
  for (const entity of diff.added) next.set(identify(entity), entity)
  return [...next.values()]
}

function compareSides<T extends object>({ before, after }: Sides<T>, identify: (entity: T) => string) {
  const old = new Map(before.map((entity) => [identify(entity), entity]))
  const added: T[] = []
  const changed: { entity: T; changes: Change[] }[] = []
  for (const entity of after) {
    const known = old.get(identify(entity))
    old.delete(identify(entity))
    if (!known) added.push(entity)
    else {
      const changes = changesBetween(known, entity)
      if (changes.length > 0) changed.push({ entity, changes })
    }
  }
  return { added, removed: [...old.values()], changed }
}

function rescalingBetween({ from, to }: IqScales): CatalogueDiff['rescaled'] {
  return from === null || to === null || from === to ? undefined : { from, to }
}

/** The pair of scales that most models moved between, if any moved. */
function rescalingOf(changes: Change[][]): CatalogueDiff['rescaled'] {
  const moves = changes.flat().filter(({ path }) => path === INDEX_VERSION_PATH)
  const counted = groupBy(
    moves.filter(({ before, after }) => typeof before === 'number' && typeof after === 'number'),
    ({ before, after }) => canonicalize([before, after]),
  )
  const [commonest] = [...counted].sort(([a, x], [b, y]) => y.length - x.length || compareText(a, b))
  const move = commonest?.[1][0]
  return move && { from: scaleOf(move.before), to: scaleOf(move.after) }
}

const scaleOf = (indexVersion: unknown): string => `artificial-analysis@${indexVersion}`

export const INDEX_VERSION_PATH = 'metrics.intelligenceIndexVersion'

const providerKeyOf = ({ value }: Pick<Provider, 'value'>): string => value
const compareProviders = (a: Provider, b: Provider): number => compareText(a.value, b.value)
const compareProvider = (a: { provider: string }, b: { provider: string }): number =>
  compareText(a.provider, b.provider)
