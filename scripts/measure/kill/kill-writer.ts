/** Sends pulls and overrides, one after the other, and records what was acknowledged, until there is no response. */
import * as z from 'zod'
import { type Answer, ConnectionError, type RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import type { MadeUpDay } from '../shared/made-up-days.ts'
import type { Acknowledged } from './acknowledged.ts'

export const TARGET = { provider: 'kill', value: 'named-again-and-again' }

const Committed = z.looseObject({ outcome: z.literal('committed'), version: z.string(), seq: z.int() })

export class KillWriter {
  #client: RegistryClient
  readonly #days: Iterator<MadeUpDay>
  readonly acknowledged: Acknowledged = { commits: new Map(), names: [] }
  /** Requests that failed or got no response. */
  failures = 0
  #sent = 0

  constructor(client: RegistryClient, days: Iterator<MadeUpDay>) {
    this.#client = client
    this.#days = days
  }

  /** Of a process that was started again, which has another address. */
  reach(client: RegistryClient): void {
    this.#client = client
  }

  /** Whether another write may be answered: it is not once the process has ended. */
  async write(): Promise<'acknowledged' | 'failed' | 'unanswered'> {
    this.#sent++
    try {
      // A pull first: an empty registry takes no override.
      return this.#sent % 2 === 1 ? await this.#pull() : await this.#override()
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error
      this.failures++
      return 'unanswered'
    }
  }

  async #pull(): Promise<'acknowledged' | 'failed'> {
    const { value } = this.#days.next()
    const pull = { ...value, fetchedAt: new Date().toISOString() }
    return this.#note(await this.#client.post('/v1/admin/pulls?force=true', pull))
  }

  async #override(): Promise<'acknowledged' | 'failed'> {
    const name = `Number ${this.#sent}`
    const before = this.acknowledged.names
    // Until there is a response, either may be stored.
    this.acknowledged.names = [...before, name]
    const body = [
      { provider: TARGET.provider, set: { name: 'Kill' }, note: 'kill' },
      { ...TARGET, set: { name }, note: 'kill' },
    ]
    const noted = this.#note(await this.#client.post('/v1/admin/overrides', body))
    if (noted === 'acknowledged') this.acknowledged.names = [name]
    return noted
  }

  #note({ body }: Answer): 'acknowledged' | 'failed' {
    const committed = Committed.safeParse(body)
    if (committed.success) this.acknowledged.commits.set(committed.data.seq, committed.data.version)
    else this.failures++
    return committed.success ? 'acknowledged' : 'failed'
  }
}
