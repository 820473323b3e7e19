/**
 * The models of a catalogue with the facts that lists need, ranked by family. Columns answer searches; a model is made
 * when it is first asked for, because a page shows few of thousands.
 */
import type { Model, ModelKey } from '../../schema/model.ts'
import { ListedFacts } from './listed-facts.ts'
import { type ListedColumns, modelAt } from './listed-models.ts'

export class Listed {
  readonly columns: ListedColumns
  readonly facts: ListedFacts
  /** By value. */
  readonly providerNames: ReadonlyMap<string, string>
  readonly #models: Model[] = []
  #all: Model[] | undefined

  constructor(columns: ListedColumns) {
    this.columns = columns
    this.facts = new ListedFacts(columns)
    this.providerNames = new Map(Object.entries(columns.providerNames))
  }

  get count(): number {
    return this.columns.value.length
  }

  model(row: number): Model {
    const known = this.#models[row]
    if (known) return known
    const model = modelAt(this.columns, row)
    this.#models[row] = model
    return model
  }

  get models(): Model[] {
    this.#all ??= this.columns.value.map((_, row) => this.model(row))
    return this.#all
  }

  find({ provider, value }: ModelKey): Model | undefined {
    const { words, value: values } = this.columns
    const place = words.provider.words.indexOf(provider)
    const row = values.findIndex((other, at) => other === value && words.provider.at[at] === place)
    return row < 0 ? undefined : this.model(row)
  }

  /** Models are ranked by family: those of one are adjacent. */
  family(family: string): Model[] {
    const { words, at } = this.columns.words.family
    const place = words.indexOf(family)
    const first = at.indexOf(place)
    if (place < 0 || first < 0) return []
    const models: Model[] = []
    for (let row = first; at[row] === place; row++) models.push(this.model(row))
    return models
  }
}
