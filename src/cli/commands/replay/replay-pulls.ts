/**
 * Sends recorded pulls one after the other. A registry answers a pull that it has already taken with the first outcome,
 * so every pull may be sent again: the time up to which the registry had pulls shows what was there before.
 */

import type { Outcome, RegistryStatus } from '../../../core/schema/operations.ts'
import { CommandError } from '../../shared/command.ts'
import { type Answer, detailOf, outcomeOf, type RegistryClient } from '../../shared/registry-client.ts'
import type { RecordedPull } from './recorded-pull-files.ts'

/** `there`: accepted in an earlier run. `passed`: older than the newest pull of the registry, and not part of it. */
export type Fate = Outcome['outcome'] | 'there' | 'passed' | 'refused'

export interface Sent {
  file: string
  fetchedAt: string
  fate: Fate
  milliseconds: number
  version?: string
  seq?: number
  /** Why it was not taken. */
  reason?: string
}

/** What the registry had before the replay. */
export interface Before {
  /** Unix milliseconds; the registry may already have pulls up to this time. */
  upTo: number
  seq: number
}

export function beforeOf(status: RegistryStatus): Before {
  const { sources, ageSeconds, now, seq = -1 } = status
  const committedAt = ageSeconds === undefined ? Number.NEGATIVE_INFINITY : Date.parse(now) - ageSeconds * 1000
  // A failed live pull has the current time and does not show which recorded pulls exist.
  const pulls = Object.values(sources).flatMap(({ lastPull }) => lastPull ?? [])
  const times = pulls.filter(({ outcome }) => outcome !== 'failed').map(({ at }) => Date.parse(at))
  return { upTo: Math.max(committedAt, ...times), seq }
}

export interface ReplayTarget {
  client: RegistryClient
  before: Before
  /** The newest known commit, from before or from this replay. */
  newestSeq: number
  force: boolean
  clock: () => number
}

export async function sendPull(file: string, pull: RecordedPull, target: ReplayTarget): Promise<Sent> {
  const { client, before, force, clock } = target
  const started = clock()
  const answer = await client.post(`/v1/admin/pulls${force ? '?force=true' : ''}`, pull)
  const milliseconds = clock() - started
  const mayBeThere = Date.parse(pull.fetchedAt) <= before.upTo
  return { file, fetchedAt: pull.fetchedAt, milliseconds, ...fateOf(answer, mayBeThere, target.newestSeq) }
}

function fateOf(
  answer: Answer,
  mayBeThere: boolean,
  newestSeq: number,
): Pick<Sent, 'fate' | 'version' | 'seq' | 'reason'> {
  const { status } = answer
  const outcome = outcomeOf(answer)
  if (outcome && outcome.outcome !== 'failed') {
    const { version, seq = -1, reasons } = outcome
    const reason = reasons?.join('; ') ?? outcome.detail
    // A new row has a new seq; a commit without one is the answer to a pull sent before.
    const isOld = seq <= newestSeq && (mayBeThere || outcome.outcome === 'committed')
    return { fate: isOld ? 'there' : outcome.outcome, version, seq, reason }
  }
  if (status === 401 || status === 503) throw new CommandError(`Cannot replay: ${detailOf(answer)} (${status})`)
  if (status === 409 && mayBeThere) return { fate: 'passed', reason: detailOf(answer) }
  return { fate: outcome ? 'failed' : 'refused', reason: `${status}: ${detailOf(answer)}` }
}
