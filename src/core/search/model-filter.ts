/** The filter of a search. A model must match every field that is set. */
import type { Capabilities, Model } from '../schema/model.ts'
import type { Sort } from './search-facts.ts'

export interface ModelFilter {
  /** Words that must all occur in the name, value, provider, lab, family or `sdk.model`. Case is ignored. */
  q?: string
  /** An id, resolved as for a single model, at every provider. */
  model?: string
  /** Part of the name, value, alias or `sdk.model`. Case is ignored. */
  name?: string
  /** Any of. */
  provider?: string[]
  /** Any of. */
  lab?: string[]
  /** Any of. */
  family?: string[]
  /** Any of. */
  type?: Model['type'][]
  /** Any of. */
  status?: Model['status'][]
  /** All of. */
  capability?: (keyof Capabilities)[]
  /** 0 to 5. */
  minIq?: number
  /** 0 to 5. */
  minSpeed?: number
  /** Tokens. */
  minContextWindow?: number
  /** USD per 1M tokens. */
  maxInputPrice?: number
  /** USD per 1M tokens. */
  maxOutputPrice?: number
  /** YYYY-MM-DD, inclusive. A release whose day is unknown counts as the first day of its month. */
  releaseDateFrom?: string
  /** As `releaseDateFrom`. */
  releaseDateTo?: string
  openWeights?: boolean
  /** Whether its own lab offers it. */
  firstParty?: boolean
  /** Return one model per family and provider, its head, with all matching models in `variants`. */
  collapse?: 'family'
  /** A `-` in front descends; what a model lacks comes last both ways. */
  sort?: Sort
  /** 1 to 1000; by default all. */
  limit?: number
  /** How many to leave out at the start; default 0. */
  offset?: number
}
