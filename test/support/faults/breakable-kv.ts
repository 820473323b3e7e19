/** The real KV namespace, which fails, lags or waits when a test sets it to. */
import { env } from 'cloudflare:workers'

/** Kept here, because a test may bind another KV instead. */
export const realKv = env.REGISTRY

type Put = Parameters<KVNamespace['put']>

export class BreakableKv {
  readonly failing = new Set<'get' | 'put'>()
  /** While true, writes are confirmed but not visible to readers. */
  lagging = false
  /** Keys whose writes were confirmed. */
  readonly written: string[] = []
  /** Called before each write. A test may block it. */
  reached: (step: string) => Promise<void> = async () => undefined
  #unseen: Put[] = []

  async get(...args: Parameters<KVNamespace['get']>): Promise<unknown> {
    this.#fail('get')
    return realKv.get(...args)
  }

  async getWithMetadata(...args: Parameters<KVNamespace['getWithMetadata']>): Promise<unknown> {
    this.#fail('get')
    return realKv.getWithMetadata(...args)
  }

  async put(...args: Put): Promise<void> {
    const [key] = args
    await this.reached(`${key} is written`)
    this.#fail('put')
    if (this.lagging) this.#unseen.push(args)
    else await realKv.put(...args)
    await this.reached(`${key} is written, but not confirmed`)
    this.written.push(key)
  }

  async catchUp(): Promise<void> {
    this.lagging = false
    for (const args of this.#unseen.splice(0)) await realKv.put(...args)
  }

  #fail(operation: 'get' | 'put'): void {
    if (this.failing.has(operation)) throw new Error(`KV ${operation.toUpperCase()} failed: 503 Service Unavailable`)
  }
}
