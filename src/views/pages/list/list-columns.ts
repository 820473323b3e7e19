/** The columns that the list can show, and what it sorts by in each. */

import type { Model } from '../../../core/schema/model.ts'
import type { Fact } from '../../../core/search/fact-order.ts'
import { sortFactsOf } from '../../../core/search/search.ts'

export interface ListedFamily {
  /** It stands for the family among those that match. */
  head: Model
  /** All that match, the head first. */
  members: Model[]
}

export interface ListColumn {
  key: string
  title: string
  /** What a reader may not know. */
  hint?: string
  /** Whether the first click on its head shows the largest first. */
  descends?: true
  /** Left out unless it is chosen. */
  optional?: true
  /** Where the screen is too narrow: 1 on phones, 2 on tablets. */
  leavesAt?: 1 | 2
  factsOf: (family: ListedFamily) => Fact[]
}

const ofHead =
  (factOf: (model: Model) => Fact): ListColumn['factsOf'] =>
  ({ head }) => [factOf(head)]

export const LIST_COLUMNS: readonly ListColumn[] = [
  { key: 'provider', title: 'Provider', leavesAt: 2, factsOf: ofHead(({ provider }) => provider) },
  {
    key: 'iq',
    title: 'IQ',
    hint: 'Intelligence: the index, and the score of 0 to 5 that it makes',
    descends: true,
    factsOf: ({ head }) => [...sortFactsOf(head, 'iq'), head.metrics?.epochCapabilitiesIndex],
  },
  {
    key: 'epoch',
    title: 'Epoch',
    hint: 'Epoch Capabilities Index',
    descends: true,
    optional: true,
    factsOf: ofHead(({ metrics }) => metrics?.epochCapabilitiesIndex),
  },
  {
    key: 'arena',
    title: 'Arena',
    hint: 'Rating of the Arena text leaderboard',
    descends: true,
    optional: true,
    factsOf: ofHead(({ metrics }) => metrics?.arenaText),
  },
  {
    key: 'speed',
    title: 'Speed',
    hint: 'Median output tokens per second, and the score of 0 to 5 that it makes',
    descends: true,
    leavesAt: 2,
    factsOf: ({ head }) => [head.speed, head.metrics?.outputTokensPerSecond],
  },
  { key: 'input', title: 'Input', hint: 'USD per 1M input tokens', factsOf: ofHead(({ pricing }) => pricing?.input) },
  {
    key: 'output',
    title: 'Output',
    hint: 'USD per 1M output tokens',
    factsOf: ofHead(({ pricing }) => pricing?.output),
  },
  {
    key: 'cacheRead',
    title: 'Cached',
    hint: 'USD per 1M tokens read from the prompt cache',
    optional: true,
    factsOf: ofHead(({ pricing }) => pricing?.cacheRead),
  },
  {
    key: 'price',
    title: 'Blended',
    hint: 'USD per 1M tokens at 3 input to 1 output',
    optional: true,
    factsOf: ({ head }) => sortFactsOf(head, 'price'),
  },
  {
    key: 'contextWindow',
    title: 'Context',
    hint: 'Tokens of prompt and answer together',
    descends: true,
    leavesAt: 1,
    factsOf: ({ head }) => sortFactsOf(head, 'contextWindow'),
  },
  {
    key: 'maxOutput',
    title: 'Max output',
    hint: 'Tokens of the answer',
    descends: true,
    optional: true,
    factsOf: ofHead(({ metrics }) => metrics?.maxOutput),
  },
  {
    key: 'capabilities',
    title: 'Can',
    hint: 'Vision, reasoning, tool use, structured output, audio',
    descends: true,
    leavesAt: 2,
    factsOf: ofHead(({ capabilities = {} }) => Object.values(capabilities).filter(Boolean).length),
  },
  {
    key: 'releaseDate',
    title: 'Released',
    descends: true,
    leavesAt: 1,
    factsOf: ({ head }) => sortFactsOf(head, 'releaseDate'),
  },
  {
    key: 'cutoff',
    title: 'Knowledge',
    hint: 'What it was trained on ends here',
    descends: true,
    optional: true,
    factsOf: ofHead(({ knowledgeCutoff }) => knowledgeCutoff),
  },
  { key: 'type', title: 'Type', optional: true, factsOf: ofHead(({ type }) => type) },
  {
    key: 'weights',
    title: 'Weights',
    hint: 'Whether they may be downloaded',
    optional: true,
    factsOf: ofHead(({ openWeights }) => (openWeights === undefined ? undefined : Number(openWeights))),
  },
]

/** Always shown, on both sides of those above. */
export const NAME_COLUMN: ListColumn = { key: 'name', title: 'Model', factsOf: ({ head }) => sortFactsOf(head, 'name') }
export const OFFERS_COLUMN: ListColumn = {
  key: 'offers',
  title: 'Offers',
  hint: 'Of this family, at all providers',
  descends: true,
  factsOf: ({ members }) => [members.length],
}

const ALL = [NAME_COLUMN, ...LIST_COLUMNS, OFFERS_COLUMN]

export const SORTS: readonly string[] = ALL.flatMap(({ key }) => [key, `-${key}`])

export function columnOf(key: string): ListColumn | undefined {
  return ALL.find((column) => column.key === key)
}

/** Those that were chosen, in their own order; else the usual ones. */
export function shownColumns(chosen: readonly string[] | undefined): ListColumn[] {
  return LIST_COLUMNS.filter(({ key, optional }) => (chosen ? chosen.includes(key) : !optional))
}
