/** The summary of a backfill. */
import type { BackfillState, Sent } from './send-days.ts'

export interface Backfilled extends Sent {
  before: BackfillState
  milliseconds: number
}

export function describeBackfill({ days, first, last, state, before, milliseconds }: Backfilled): string {
  if (days === 0 || !state) {
    const { lastAt } = before
    return lastAt === undefined
      ? 'There was nothing to replay.'
      : `There was nothing to replay after ${dateOf(lastAt)}.`
  }
  const commits = state.commits - before.commits
  return [
    `${count(days, 'day')} from ${dateOf(first)} to ${dateOf(last)} replayed in ${Math.round(milliseconds / 1000)} s: ${count(commits, 'commit')}.`,
    'Live pulls continue from there: the next one adds what has changed since.',
  ].join('\n')
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

const dateOf = (at = ''): string => at.slice(0, 10)
