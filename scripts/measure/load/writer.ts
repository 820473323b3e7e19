/** The operator and the source: pulls arrive, overrides are put and deleted, one after the other. */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { type Answer, detailOf, outcomeOf, type RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { MadeUpDay } from '../shared/made-up-days.ts'

/** Far more often than in production, where it is once a day. */
const PAUSE_MS = 200

export interface WriterRecord {
  pulls: number
  overrides: number
  complaints: string[]
}

export interface WriterParts {
  client: RegistryClient
  days: Iterator<MadeUpDay>
  provider: string
  isOver: () => boolean
}

/** A pull as of now: overrides are of now as well, and no pull may be older than them. */
export async function sendPull(client: RegistryClient, days: Iterator<MadeUpDay>): Promise<string> {
  const { value, done } = days.next()
  if (done) throw new CommandError('Cannot continue: there are no more simulated days')
  // A row is never of the same millisecond as the one before.
  await wait(2)
  const answer = await client.post('/v1/admin/pulls', { ...value, fetchedAt: new Date().toISOString() })
  return committed('a pull', answer)
}

/** A provider whose models no pull removes. */
export async function createModels(client: RegistryClient, provider: string, values: string[]): Promise<void> {
  const note = 'what load reads'
  const made = [
    { provider, set: { name: 'Load' }, note },
    ...values.map((value) => ({ provider, value, set: { name: value }, note })),
  ]
  committed('the models to read', await client.post('/v1/admin/overrides', made))
}

export async function runWriter({ client, days, provider, isOver }: WriterParts): Promise<WriterRecord> {
  const record: WriterRecord = { pulls: 0, overrides: 0, complaints: [] }
  const target = { provider, value: 'comes-and-goes' }
  const send = async (what: string, override: object) => {
    committed(what, await client.post('/v1/admin/overrides', [{ ...target, ...override }]))
    record.overrides++
  }
  const steps: (() => Promise<unknown>)[] = [
    async () => {
      await sendPull(client, days)
      record.pulls++
    },
    () => send('an override', { set: { name: `Number ${record.overrides}` }, note: 'load' }),
    // The content before it returns.
    () => send('the end of an override', { delete: true }),
  ]
  for (let step = 0; !isOver(); step++) {
    try {
      await steps[step % steps.length]?.()
    } catch (error) {
      record.complaints.push(error instanceof Error ? error.message : String(error))
    }
    await wait(PAUSE_MS)
  }
  return record
}

function committed(what: string, answer: Answer): string {
  const outcome = outcomeOf(answer)
  if (outcome?.outcome === 'committed') return outcome.version ?? ''
  throw new CommandError(`Cannot send ${what}: ${outcome?.reasons ?? outcome?.outcome ?? detailOf(answer)}`)
}
