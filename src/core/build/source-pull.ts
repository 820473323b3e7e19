/**
 * What an adapter in `sources/` hands to the core: one pull of one source in the registry's own words.
 * Absent means the source is silent. Values are as the source gave them; deriving is the catalogue's work.
 */
import type { Attribution } from '../schema/history.ts'
import type { Capabilities, Metrics, Model, Pricing } from '../schema/model.ts'
import type { Modality } from '../vocabulary.ts'

export interface SourcePull {
  tier: string
  /** Absent where the source has no index. */
  indexVersion?: number
  attribution: Attribution[]
  rows: SourceRow[]
}

export interface SourceRow {
  id: string
  slug: string
  name: string
  /** `provider` is the adapter's own name for a creator it knows; others are named by the catalogue. */
  creator?: { id: string; name: string; provider?: string }
  releaseDate?: string
  knowledgeCutoff?: string
  openWeights?: boolean
  status?: Model['status']
  sdk?: Model['sdk']
  modalities?: { input?: ModalityFlags; output?: ModalityFlags }
  capabilities?: Capabilities
  pricing?: Pricing
  metrics?: Metrics
}

/** What a source says of each modality; silence about one is no answer. */
export type ModalityFlags = Partial<Record<Modality, boolean>>
