/** Sends the days of a history to a registry, in batches that it processes in a few seconds. */
import * as z from 'zod'
import { CommandError } from '../../src/cli/shared/command.ts'
import type { Progress } from '../../src/cli/shared/progress.ts'
import { type Answer, detailOf, type RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { Delta } from '../../src/sources/models-dev/delta.ts'

/** One day, as the registry accepts it. */
export interface Day {
  at: string
  source: 'models.dev'
  delta: Delta
}

const PATH = '/v1/admin/backfill'
const INVALID_REQUEST = 400

/** An interrupted request has to be repeated, and the object has 30 s of CPU for each. */
const MAX_DAYS = 20
/** Of the deltas as JSON: on the largest days a tenth of the catalogue changes. */
const MAX_BYTES = 1_000_000

const BackfillState = z.object({ lastAt: z.string().optional(), commits: z.int() })
export type BackfillState = z.infer<typeof BackfillState>

export interface Sent {
  days: number
  first?: string
  last?: string
  /** The last state reported by the registry; absent if nothing was sent. */
  state?: BackfillState
}

/** The progress of earlier runs. */
export async function fetchProgress(client: RegistryClient): Promise<BackfillState> {
  return readState(await client.get(PATH))
}

/** Refused before a history is cloned, where the registry would refuse every day. */
export async function requireAccepting(client: RegistryClient): Promise<void> {
  const answer = await client.post(PATH, { days: [] })
  // No days are a mistake, too, but one that only a registry that takes days looks for.
  if (answer.status !== INVALID_REQUEST) readState(answer)
}

export async function sendDays(client: RegistryClient, days: Iterable<Day>, progress: Progress): Promise<Sent> {
  const sent: Sent = { days: 0 }
  for (const batch of batchesOf(days)) {
    try {
      sent.state = readState(await client.post(PATH, { days: batch }))
    } catch (error) {
      if (!(error instanceof CommandError) || sent.days === 0) throw error
      throw new CommandError(`${error.message}\n${sent.days} days were replayed. Run it again to continue from there.`)
    }
    sent.days += batch.length
    sent.first ??= batch[0]?.at
    sent.last = batch.at(-1)?.at
    for (const { at } of batch) progress.step(at)
  }
  return sent
}

function* batchesOf(days: Iterable<Day>): Generator<Day[]> {
  let batch: Day[] = []
  let bytes = 0
  for (const day of days) {
    const size = Buffer.byteLength(JSON.stringify(day))
    if (batch.length === MAX_DAYS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(day)
    bytes += size
  }
  if (batch.length > 0) yield batch
}

function readState(answer: Answer): BackfillState {
  const state = BackfillState.safeParse(answer.body)
  if (answer.status === 200 && state.success) return state.data
  const detail = detailOf(answer)
  throw new CommandError(detail.startsWith('Cannot ') ? detail : `Cannot backfill: ${detail}`)
}
