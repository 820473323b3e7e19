/**
 * The facts that searches use, one column for each, with a row for each model in the order of the manifest. A search
 * reads them instead of parsing models. They are built once for a version and stored next to its manifest. Pure.
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
 * The different values of a fact, and for each row the index of its value: a search compares values, not rows. The code of
 * an unknown value is the number of values.
 */
export interface Column<T> {
  values: readonly T[]
  codes: Uint16Array
}

/** The index of a row takes 16 bits, and so does a code. */
const MAX_ROWS = 0xffff

export interface ColumnData {
  /** For each model, its first byte in the manifest and the first byte after it. */
  ranges: Uint32Array
  numbers: Record<NumberFact, Column<number>>
  names: Record<NameFact, Column<string>>
  /** The rank of each row, for every sort. */
  ranks: Record<Sort, Uint16Array>
  /** An empty text is absent, or adds nothing to a search. Parsed when a text is first searched. */
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

  /** All rows, in the order of the manifest. */
  get rows(): Uint32Array {
    this.#rows ??= new Uint32Array(this.count).map((_, row) => row)
    return this.#rows
  }

  /** The row at each rank. */
  order(sort: Sort): Uint16Array {
    const known = this.#orders.get(sort)
    if (known) return known
    const order = new Uint16Array(this.count)
    const ranks = this.data.ranks[sort]
    // By index for speed, because the first search in an isolate waits for this.
    for (let row = 0; row < ranks.length; row++) order[ranks[row] ?? 0] = row
    this.#orders.set(sort, order)
    return order
  }

  /** The text of each row in which words are searched. */
  words(textOf: (texts: Texts) => string): readonly string[] {
    this.#words ??= Array.from({ length: this.count }, (_, row) => textOf(this.texts(row)))
    return this.#words
  }

  /** The value of each row, in the form in which ids are compared. */
  undatedIds(undatedId: (value: string) => string): readonly string[] {
    this.#undatedIds ??= this.data.texts.value().map(undatedId)
    return this.#undatedIds
  }
}

export interface PlacedModel {
  model: Model
  range: Range
}

/** `placed`: in the order of the manifest that the ranges refer to. */
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

/** Leaves out an alias that the name contains, and an id that equals the value: searching them finds nothing more. */
function searchedText(model: Model, fact: TextFact): string {
  const text = TEXT_FACTS[fact](model) ?? ''
  if (fact === 'alias' && model.name.includes(text)) return ''
  return fact === 'sdkModel' && text === model.value ? '' : text
}

/** Maps each value of a record and keeps its key. */
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
