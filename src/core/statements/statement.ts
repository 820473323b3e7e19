/**
 * Statements: what one source states about one provider or one model, in the registry's own terms. An absent fact means
 * that the source does not state it. Values are as the source gave them; the build derives the rest.
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
  /** "lab/model", if the source labels the row with the model that it serves. */
  canonicalId?: string
  /** Present if the row measures one variant of a model, usually one effort. */
  variant?: { effort?: Effort }
  facts: ModelFacts
}

/** Every fact except identity and derived facts. */
export type ModelFacts = Partial<Omit<Model, IdentityField | DerivedField | 'name'>>

/** What a board states about a model, under the board's own name for it. */
export interface NamedScore {
  source: SourceName
  name: string
  /** The organisation that made the model. */
  organization?: string
  /** The release date: YYYY-MM-DD or YYYY-MM. */
  releaseDate?: string
  metrics: ScoreStatement['metrics']
}

/** The facts of one source. A model is built from several layers, the strongest first. */
export interface Layer {
  source: SourceName
  facts: ModelFacts
}

/** What a board states about a family. */
export interface ScoreStatement {
  source: SourceName
  family: string
  /** YYYY-MM-DD or YYYY-MM, if the entry's name states which edition of the model it measures. */
  date?: string
  metrics: Pick<Metrics, 'epochCapabilitiesIndex' | 'arenaText'>
}

/** Values of one field that could not be read and are therefore absent. */
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

/** The statements in a source's reply, and the parts of it that could not be read. */
export interface Reading {
  providers: ProviderStatement[]
  models: ModelStatement[]
  /** If the source is a board. */
  scores?: readonly NamedScore[]
  unread: Unread[]
  rejected: RejectedRow[]
}
