/**
 * The facts that searches ask about, one column for each, with a row for each model in the order of its manifest: what a
 * search reads in place of parsed models. Made once for a version, and stored beside its manifest. Pure.
 */
import type { Range } from '../../schema/history.ts'
import type { Model } from '../../schema/model.ts'
import {
  NAME_FACTS,
  type NameFact,
  NUMBER_FACTS,
  type NumberFact,
  type Sort,
  TEXT_FACTS,
  type TextFact,
  type Texts,
} from '../search-facts.ts'
import { ranksOf } from './row-ranks.ts'

/**
 * The different values of a fact, and for each row which of them it has: a search compares values, not rows. The code of
 * an unknown value is how many there are.
 */
export interface Column<T> {
  values: readonly T[]
  codes: Uint16Array
}

/** A place among rows takes 16 bits, and so does a code. */
const MAX_ROWS = 0xffff

export interface ColumnData {
  /** First byte of each model in the manifest, and the first one after, in turn. */
  ranges: Uint32Array
  numbers: Record<NumberFact, Column<number>>
  names: Record<NameFact, Column<string>>
  /** The place of each row where all are sorted. */
  ranks: Record<Sort, Uint16Array>
  /** An empty text is an absent one, or one that adds nothing to a search. Read when a text is searched. */
  texts: Record<TextFact, () => readonly string[]>
}

export class ModelColumns {
  readonly data: ColumnData
  #words: readonly string[] | undefined
  #undatedIds: readonly string[] | undefined
  #rows: Uint32Array | undefined
  readonly #orders = new Map<Sort, Uint16Array>()

  constructor(data: ColumnData) {
    this.data = data
  }

  get count(): number {
    return this.data.ranges.length / 2
  }

  range(row: number): Range {
    const { ranges } = this.data
    return [ranges[2 * row] ?? 0, ranges[2 * row + 1] ?? 0]
  }

  name(fact: NameFact, row: number): string | undefined {
    const { values, codes } = this.data.names[fact]
    return values[codes[row] ?? values.length]
  }

  texts(row: number): Texts {
    const text = (fact: TextFact) => this.data.texts[fact]()[row] ?? ''
    const provider = this.name('provider', row) ?? ''
    const family = this.name('family', row) ?? ''
    return {
      name: text('name'),
      value: text('value'),
      alias: text('alias'),
      sdkModel: text('sdkModel') || undefined,
      provider,
      lab: this.name('lab', row),
      family,
    }
  }

  /** All of them, in the order of the manifest. */
  get rows(): Uint32Array {
    this.#rows ??= new Uint32Array(this.count).map((_, row) => row)
    return this.#rows
  }

  /** The row at each place. */
  order(sort: Sort): Uint16Array {
    const known = this.#orders.get(sort)
    if (known) return known
    const order = new Uint16Array(this.count)
    const ranks = this.data.ranks[sort]
    // By index, as the loops of a search: the first one of an isolate waits for this.
    for (let row = 0; row < ranks.length; row++) order[ranks[row] ?? 0] = row
    this.#orders.set(sort, order)
    return order
  }

  /** The text of each row that words are looked for in. */
  words(textOf: (texts: Texts) => string): readonly string[] {
    this.#words ??= Array.from({ length: this.count }, (_, row) => textOf(this.texts(row)))
    return this.#words
  }

  /** The value of each row, as ids are compared. */
  undatedIds(undatedId: (value: string) => string): readonly string[] {
    this.#undatedIds ??= this.data.texts.value().map(undatedId)
    return this.#undatedIds
  }
}

export interface PlacedModel {
  model: Model
  range: Range
}

/** `models` are in the order of the manifest that the ranges are of. */
export function columnsOf(placed: readonly PlacedModel[]): ModelColumns {
  if (placed.length > MAX_ROWS) throw new Error(`Cannot make columns of ${placed.length} models, more than ${MAX_ROWS}`)
  const models = placed.map(({ model }) => model)
  const numbers = mapFacts(NUMBER_FACTS, (read) => Float64Array.from(models, (model) => read(model) ?? Number.NaN))
  const names = models.map(({ name }) => name)
  return new ModelColumns({
    ranges: Uint32Array.from(placed.flatMap(({ range }) => range)),
    numbers: mapFacts(NUMBER_FACTS, (read) => columnOf(models.map(read))),
    names: mapFacts(NAME_FACTS, (read) => columnOf(models.map(read))),
    ranks: ranksOf(numbers, names),
    texts: mapFacts(TEXT_FACTS, (_read, fact) => {
      const texts = models.map((model) => searchedText(model, fact))
      return () => texts
    }),
  })
}

/** Nothing is found in an alias or an id that is not found in the name or the value that holds it. */
function searchedText(model: Model, fact: TextFact): string {
  const text = TEXT_FACTS[fact](model) ?? ''
  if (fact === 'alias' && model.name.includes(text)) return ''
  return fact === 'sdkModel' && text === model.value ? '' : text
}

/** Keeps the names of the facts, each under its own. */
export function mapFacts<Fact extends string, From, To>(
  facts: Record<Fact, From>,
  map: (from: From, fact: Fact) => To,
) {
  const entries = Object.entries<From>(facts).map(([fact, from]) => [fact, map(from, fact as Fact)])
  return Object.fromEntries(entries) as Record<Fact, To>
}

function columnOf<T>(facts: readonly (T | undefined)[]): Column<T> {
  const known = new Map<T, number>()
  for (const fact of facts) if (fact !== undefined && !known.has(fact)) known.set(fact, known.size)
  const codes = Uint16Array.from(facts, (fact) => (fact === undefined ? known.size : (known.get(fact) ?? known.size)))
  return { values: [...known.keys()], codes }
}
