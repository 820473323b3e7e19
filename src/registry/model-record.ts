/** What the page of a model shows of the object, in one message: its history, its prices over time, and who states its facts. */

import type { ModelKey } from '../core/schema/model.ts'
import type { Provenance } from '../core/schema/operations.ts'
import type { PricePeriod } from '../core/schema/price-period.ts'
import { pricesOfModel } from './history/price-history.ts'
import { historyOfEntity } from './history/revision-history.ts'
import type { RegistryParts } from './parts.ts'

export interface ModelRecordQuery extends ModelKey {
  /** Ignore everything after this commit. */
  asOf: number
  /** The most revisions to return. */
  limit: number
  /** Whether to explain the current facts, if they can be explained. */
  explain: boolean
}

/** As in the responses of the API. */
export interface ModelRecord {
  history: ReturnType<typeof historyOfEntity>
  periods: PricePeriod[]
  provenance?: Provenance
}

export function readModelRecord({ db, explainer }: RegistryParts, query: ModelRecordQuery): ModelRecord {
  const { provider, value, asOf, limit, explain } = query
  const explained = explain ? explainer.explain({ provider, value }) : undefined
  return {
    history: historyOfEntity(db, { kind: 'model', provider, value, limit, asOf }),
    periods: pricesOfModel(db, { provider, value, asOf }) ?? [],
    ...(explained?.ok && explained.value && { provenance: explained.value.provenance }),
  }
}
