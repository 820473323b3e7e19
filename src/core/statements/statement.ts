/**
 * What one source says, in the registry's own words: of one provider, or of one model that it offers. Absent means that
 * the source is silent. Values are as the source gave them; what follows from them is the build's work.
 */
import type { Metrics, Model, Provider } from '../schema/model.ts'
import type { DerivedField, Effort, IdentityField, SourceName } from '../vocabulary.ts'

export interface ProviderStatement {
  source: SourceName
  /** The provider's value. */
  provider: string
  name: string
  facts: Partial<Omit<Provider, 'value' | 'name'>>
}

export interface ModelStatement {
  source: SourceName
  /** The source's id of the row. */
  id: string
  /** The provider's value. */
  provider: string
  /** Unique among the rows of its provider and source. */
  value: string
  name: string
  /** "lab/model", where the source labels the row with the model that it serves. */
  canonicalId?: string
  /** The row measures one variant of a model, usually one effort. */
  variant?: { effort?: Effort }
  facts: ModelFacts
}

/** Everything but identity, and what follows from other facts. */
export type ModelFacts = Partial<Omit<Model, IdentityField | DerivedField | 'name'>>

/** What a board says of a model, under the board's own name of it. */
export interface NamedScore {
  source: SourceName
  name: string
  /** Who made the model. */
  organization?: string
  /** When it was released: YYYY-MM-DD or YYYY-MM. */
  releaseDate?: string
  metrics: ScoreStatement['metrics']
}

/** Facts of one source; a model is made of several, the strongest first. */
export interface Layer {
  source: SourceName
  facts: ModelFacts
}

/** What a board says of a family. */
export interface ScoreStatement {
  source: SourceName
  family: string
  /** YYYY-MM-DD or YYYY-MM, where the entry's name states which edition of the model it measures. */
  date?: string
  metrics: Pick<Metrics, 'epochCapabilitiesIndex' | 'arenaText'>
}

/** Values of one field that could not be read, and so are absent. */
export interface Unread {
  field: string
  count: number
  /** One of them, with the row that holds it. */
  example: string
}

/** A row that was not kept. */
export interface RejectedRow {
  provider: string
  id: string
  reason: string
}

/** What a source's reply says, and what of it could not be read. */
export interface Reading {
  providers: ProviderStatement[]
  models: ModelStatement[]
  /** Of a board. */
  scores?: readonly NamedScore[]
  unread: Unread[]
  rejected: RejectedRow[]
}
