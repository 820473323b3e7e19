/** Revisions of models and providers as the parts that they make up. */
import type { PartBody } from '../../core/manifest/version.ts'
import { compareModels } from '../../core/model-order.ts'
import type { StoredRevision } from './history.ts'

/** Bodies by provider, each provider's models in the order of a manifest. */
export function bodiesOf(revisions: readonly Omit<StoredRevision, 'entityId'>[]): PartBody[] {
  const bodies = new Map<string, { value: string; provider: string; models: { value: string; body: string }[] }>()
  for (const { kind, provider, body } of revisions)
    if (kind === 'provider') bodies.set(provider, { value: provider, provider: body, models: [] })
  // SQLite orders text by its UTF-8 bytes, which is not the order of UTF-16 code units.
  for (const { kind, provider, value, body } of revisions.toSorted(compareModels))
    if (kind === 'model') bodies.get(provider)?.models.push({ value, body })
  return [...bodies.values()]
}
