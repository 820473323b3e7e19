/** A KV namespace that records every `put`, and fails or waits when a test sets it to. */
import type { OpenedRegistry } from './opened-registry.ts'

interface Write {
  key: string
  value: string | Uint8Array
  metadata: unknown
  /** Unix milliseconds by the clock of the test. */
  at: number
}

export class RecordedKv {
  readonly writes: Write[] = []
  /** Keys whose `put` fails. */
  readonly failing = new Set<string>()
  /** The duration of the next `put`, in milliseconds. */
  nextTakes = 0
  /** While set, no `put` ends. */
  held: Promise<void> | undefined
  clock: OpenedRegistry['clock'] = { now: 0 }

  async put(key: string, value: string | Uint8Array, options?: { metadata?: unknown }): Promise<void> {
    this.writes.push({ key, value, metadata: options?.metadata, at: this.clock.now })
    this.clock.now += this.nextTakes
    this.nextTakes = 0
    await this.held
    if (this.failing.has(key)) throw new Error('KV PUT failed: 503 Service Unavailable')
  }

  keys(): string[] {
    return this.writes.map(({ key }) => key)
  }

  /** The seqs of the pointers written, oldest first. */
  published(): number[] {
    return this.writes.filter(({ key }) => key === 'current').map(({ value }) => JSON.parse(String(value)).seq)
  }
}
