/** The columns that the list can show, and what it sorts by in each. */

import type { Model } from '../../../core/schema/model.ts'
import type { ListedFact } from '../../../core/search/columns/listed-facts.ts'

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
  /** Facts of the head, of which the first that differs decides, or how many offers there are. */
  sortsBy: readonly ListedFact[] | 'offers'
}

export const LIST_COLUMNS: readonly ListColumn[] = [
  { key: 'provider', title: 'Provider', leavesAt: 2, sortsBy: ['provider'] },
  {
    key: 'iq',
    title: 'IQ',
    hint: 'Intelligence: an index, and a score of 0 to 5 derived from it',
    descends: true,
    sortsBy: ['intelligenceIndex', 'iq', 'epoch'],
  },
  {
    key: 'epoch',
    title: 'Epoch',
    hint: 'Epoch Capabilities Index',
    descends: true,
    optional: true,
    sortsBy: ['epoch'],
  },
  {
    key: 'arena',
    title: 'Arena',
    hint: 'Rating of the Arena text leaderboard',
    descends: true,
    optional: true,
    sortsBy: ['arena'],
  },
  {
    key: 'speed',
    title: 'Speed',
    hint: 'Median output tokens per second, and a score of 0 to 5 derived from it',
    descends: true,
    leavesAt: 2,
    sortsBy: ['speed', 'outputTokensPerSecond'],
  },
  { key: 'input', title: 'Input', hint: 'USD per 1M input tokens', sortsBy: ['inputPrice'] },
  {
    key: 'output',
    title: 'Output',
    hint: 'USD per 1M output tokens',
    sortsBy: ['outputPrice'],
  },
  {
    key: 'cacheRead',
    title: 'Cached',
    hint: 'USD per 1M tokens read from the prompt cache',
    optional: true,
    sortsBy: ['cachedPrice'],
  },
  {
    key: 'price',
    title: 'Blended',
    hint: 'USD per 1M tokens at 3 input to 1 output',
    optional: true,
    sortsBy: ['blended'],
  },
  {
    key: 'contextWindow',
    title: 'Context',
    hint: 'Tokens of prompt and answer together',
    descends: true,
    leavesAt: 1,
    sortsBy: ['contextWindow'],
  },
  {
    key: 'maxOutput',
    title: 'Max output',
    hint: 'The most tokens of an answer',
    descends: true,
    optional: true,
    sortsBy: ['maxOutput'],
  },
  {
    key: 'capabilities',
    title: 'Abilities',
    hint: 'Vision, reasoning, tool use, structured output, audio',
    descends: true,
    leavesAt: 2,
    sortsBy: ['abilities'],
  },
  {
    key: 'releaseDate',
    title: 'Released',
    descends: true,
    leavesAt: 1,
    sortsBy: ['releaseDay'],
  },
  {
    key: 'cutoff',
    title: 'Knowledge',
    hint: 'The end of its training data',
    descends: true,
    optional: true,
    sortsBy: ['cutoff'],
  },
  { key: 'type', title: 'Type', optional: true, sortsBy: ['type'] },
  {
    key: 'weights',
    title: 'Weights',
    hint: 'Whether the weights can be downloaded',
    optional: true,
    sortsBy: ['openWeights'],
  },
]

/** Always shown, on both sides of those above. */
export const NAME_COLUMN: ListColumn = { key: 'name', title: 'Model', sortsBy: ['name'] }
export const OFFERS_COLUMN: ListColumn = {
  key: 'offers',
  title: 'Offers',
  hint: 'Offers and variants of the same model, at all providers',
  descends: true,
  sortsBy: 'offers',
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
