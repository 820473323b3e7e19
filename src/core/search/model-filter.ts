/** What a search asks about: every filter that is set has to match. */
import type { Capabilities, Model } from '../schema/model.ts'
import type { Sort } from './search-facts.ts'

export interface ModelFilter {
  /** Words, all of which occur in name, value, provider, lab, family or `sdk.model`, in any case. */
  q?: string
  /** An id, as for one model, at every provider. */
  model?: string
  /** Part of the name, value, alias or `sdk.model`, in any case. */
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
  /** YYYY-MM-DD, inclusive; a release of which only the month is known counts from its first day. */
  releaseDateFrom?: string
  /** As `releaseDateFrom`. */
  releaseDateTo?: string
  openWeights?: boolean
  /** Whether its own lab offers it. */
  firstParty?: boolean
  /** One model for each family among those that match, its head, with `variants` of all. */
  collapse?: 'family'
  /** A `-` in front descends; what a model lacks comes last both ways. */
  sort?: Sort
  /** 1 to 1000; by default all. */
  limit?: number
  /** How many to leave out at the start; default 0. */
  offset?: number
}
