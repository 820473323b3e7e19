/**
 * What sources state, in the registry's own words. A statement is what one source says of one model at one provider;
 * a pull is all that a source says at one time. Absent means that the source is silent. Values are as the source gave
 * them: what follows from them is derived by the catalogue.
 */
import type { Attribution } from '../schema/history.ts'
import type { Model } from '../schema/model.ts'
import type { DerivedField, IdentityField, Modality, SourceName } from '../vocabulary.ts'

export interface Statement {
  source: SourceName
  /** The source's own id of the row. */
  id: string
  /** The slug that the source gives the model, or the id that the API takes. */
  value: string
  name: string
  /** Whoever makes or serves the model, as the source knows them. */
  creator?: Creator
  /** The registry's value of the provider, where the source's folder knows it; others are named by the catalogue. */
  provider?: string
  /** Of the model at its own lab's API. Another host's ids, prices, limits and statuses are its own. */
  firstParty: boolean
  facts: StatedFacts
}

export interface Creator {
  id: string
  name: string
}

/** The facts of a model that a source can state. */
export interface StatedFacts extends Partial<Omit<Model, IdentityField | DerivedField | 'name' | 'modalities'>> {
  modalities?: { input?: ModalityFlags; output?: ModalityFlags }
}

/** What a source says of each modality; silence about one is no answer. */
export type ModalityFlags = Partial<Record<Modality, boolean>>

/** All that is said of one model. The first is the row that the model is: it gives the id, the value and the name. */
export type Statements = readonly [Statement, ...Statement[]]

export interface SourcePull {
  source: SourceName
  /** Absent where the source has no tiers. */
  tier?: string
  /** Absent where the source has no index. */
  indexVersion?: number
  attribution: Attribution[]
  statements: Statement[]
}
