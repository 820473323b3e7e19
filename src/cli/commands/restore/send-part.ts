/**
 * Sends a part of a backup, and sends it again if the response was lost: the registry recognizes the last part that it
 * stored and returns the same response.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Outcome } from '../../../core/schema/operations.ts'
import { CommandError } from '../../shared/command.ts'
import { ConnectionError, type RegistryClient, refusalOf } from '../../shared/registry-client.ts'
import type { Part } from './parts.ts'

/** Delays within which a restarting registry is available again. */
const RETRY_SECONDS = [1, 3, 10]
/** The statuses of a restarting object or a proxy in front of it: the part may or may not have been stored. */
const PASSING_STATUSES = [500, 502, 504]

/** How the registry begins its own messages about a part. */
const OWN_PREFIX = /^Cannot restore( from this part)?: /

export interface SendOptions {
  wait?: (milliseconds: number) => Promise<unknown>
  onRetry?: (reason: string) => void
}

/** The part was sent more than once, and then refused: an earlier attempt may have been stored. */
export class RefusedAgain extends CommandError {}

export async function sendPart(
  client: RegistryClient,
  part: Part,
  { wait = sleep, onRetry }: SendOptions = {},
): Promise<Outcome> {
  const delays = [...RETRY_SECONDS]
  for (;;) {
    const answer = await trySending(client, part)
    if ('outcome' in answer) return answer.outcome
    const delay = answer.isPassing ? delays.shift() : undefined
    if (delay === undefined) {
      const message = `Cannot restore part ${part.number}: ${answer.reason.replace(OWN_PREFIX, '')}`
      throw delays.length < RETRY_SECONDS.length ? new RefusedAgain(message) : new CommandError(message)
    }
    onRetry?.(`Sending part ${part.number} again in ${delay} s: ${answer.reason}`)
    await wait(delay * 1000)
  }
}

async function trySending(
  client: RegistryClient,
  { number, text }: Part,
): Promise<{ outcome: Outcome } | { reason: string; isPassing: boolean }> {
  try {
    const response = await client.request(`/v1/admin/import?part=${number}`, {
      method: 'POST',
      body: text,
      contentType: 'application/x-ndjson',
    })
    if (!response.ok) {
      const isPassing = PASSING_STATUSES.includes(response.status)
      return { reason: await refusalOf(response), isPassing }
    }
    return { outcome: Outcome.parse(JSON.parse(await response.text())) }
  } catch (error) {
    if (error instanceof ConnectionError) return { reason: error.message, isPassing: true }
    if (error instanceof CommandError) throw error
    throw new CommandError(`Cannot restore part ${number}: the response is not from a registry`, { cause: error })
  }
}
