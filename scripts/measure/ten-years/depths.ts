/** Where in the history is read: groups of rows at several depths, each row once, because a row read twice may be faster. */
import { Chance } from '../shared/seeded-chance.ts'

const ROWS_PER_DEPTH = 60

export interface Depth {
  name: string
  /** Each has a row before it. */
  seqs: number[]
}

export function depthsOf(newest: number): Depth[] {
  const count = Math.min(ROWS_PER_DEPTH, Math.floor(newest / 6))
  const from = (first: number) => Array.from({ length: count }, (_, index) => first + index)
  const all = Array.from({ length: newest - 2 }, (_, index) => index + 2)
  return [
    { name: 'a month back', seqs: from(newest - 30 - count) },
    { name: 'half way back', seqs: from(Math.floor(newest / 2)) },
    { name: 'at random', seqs: new Chance(newest).pick(all, count) },
    { name: 'the oldest', seqs: from(2) },
  ]
}
