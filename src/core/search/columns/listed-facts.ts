/**
 * The facts that lists are filtered and sorted by, of all rows at once, as arrays of numbers: worked out of the columns
 * when they are first asked for, because most readers filter by one or two of them. Texts become their places in order.
 */
import { firstDayOf } from '../../calendar.ts'
import { dayNumber, type Texts, wordTextOf } from '../search-facts.ts'
import { CAPABILITY_SHIFT, CLOSED, FIRST_PARTY, type ListedColumns, OPEN } from './listed-models.ts'

/** NaN where a fact is unknown. */
const FACTS = {
  iq: ({ numbers }) => numbersOf(numbers.iq),
  speed: ({ numbers }) => numbersOf(numbers.speed),
  intelligenceIndex: ({ numbers }) => numbersOf(numbers.intelligenceIndex),
  epoch: ({ numbers }) => numbersOf(numbers.epochCapabilitiesIndex),
  arena: ({ numbers }) => numbersOf(numbers.arenaText),
  outputTokensPerSecond: ({ numbers }) => numbersOf(numbers.outputTokensPerSecond),
  contextWindow: ({ numbers }) => numbersOf(numbers.contextWindow),
  maxOutput: ({ numbers }) => numbersOf(numbers.maxOutput),
  inputPrice: ({ numbers }) => numbersOf(numbers.input),
  outputPrice: ({ numbers }) => numbersOf(numbers.output),
  cachedPrice: ({ numbers }) => numbersOf(numbers.cacheRead),
  blended: ({ numbers }) => numbersOf(numbers.blended),
  capabilities: ({ flags }) => Float64Array.from(flags, (bits) => bits >> CAPABILITY_SHIFT),
  abilities: ({ flags }) => Float64Array.from(flags, (bits) => onesIn(bits >> CAPABILITY_SHIFT)),
  firstParty: ({ flags }) => Float64Array.from(flags, (bits) => (bits & FIRST_PARTY ? 1 : 0)),
  openWeights: ({ flags }) => Float64Array.from(flags, (bits) => (bits & OPEN ? 1 : bits & CLOSED ? 0 : Number.NaN)),
  releaseDay: ({ words }) => ofWords(words.releaseDate, (dates) => dates.map((date) => dayNumber(firstDayOf(date)))),
  cutoff: ({ words }) => ofWords(words.knowledgeCutoff, placesOf),
  provider: ({ words }) => ofWords(words.provider, placesOf),
  type: ({ words }) => ofWords(words.type, placesOf),
  name: ({ name }) => Float64Array.from(placesOf(name.map((text) => text.toLowerCase()))),
} satisfies Record<string, (columns: ListedColumns) => Float64Array>

export type ListedFact = keyof typeof FACTS

export class ListedFacts {
  readonly columns: ListedColumns
  readonly #known = new Map<ListedFact, Float64Array>()
  readonly #wordTexts: (string | undefined)[] = []

  constructor(columns: ListedColumns) {
    this.columns = columns
  }

  of(fact: ListedFact): Float64Array {
    const known = this.#known.get(fact) ?? FACTS[fact](this.columns)
    this.#known.set(fact, known)
    return known
  }

  /** What the words of a search are looked for in. */
  wordText(row: number): string {
    const known = this.#wordTexts[row] ?? wordTextOf(this.texts(row))
    this.#wordTexts[row] = known
    return known
  }

  texts(row: number): Texts {
    const { name: names, value: values, call, words } = this.columns
    const word = ({ words, at }: WordColumn) => words[at[row] ?? -1]
    const [name = '', called] = [names[row], call[row]]
    return {
      name,
      value: values[row] ?? '',
      alias: name,
      sdkModel: typeof called === 'string' ? called : undefined,
      provider: word(words.provider) ?? '',
      lab: word(words.lab),
      family: word(words.family) ?? '',
    }
  }
}

type WordColumn = ListedColumns['words']['lab']

/** By index: for each of thousands of rows, an iterator costs a slow phone more than the rest. */
function numbersOf(values: readonly (number | null)[]): Float64Array {
  const numbers = new Float64Array(values.length)
  for (let row = 0; row < values.length; row++) numbers[row] = values[row] ?? Number.NaN
  return numbers
}

function ofWords({ words, at }: WordColumn, numbersOf: (words: readonly string[]) => number[]) {
  const numbers = numbersOf(words)
  return Float64Array.from(at, (place) => numbers[place] ?? Number.NaN)
}

/** The place of each text among all of them; equal ones share one. */
function placesOf(texts: readonly string[]): number[] {
  const sorted = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1))
  const places = new Map(sorted.map((text, place) => [text, place]))
  return texts.map((text) => places.get(text) ?? Number.NaN)
}

function onesIn(bits: number): number {
  let count = 0
  for (let left = bits; left > 0; left >>= 1) count += left & 1
  return count
}
