/**
 * The Durable Object, opened with the test's own settings, clock, source and KV on the storage of the real object. Its
 * alarm fires only if a test lets time pass, because the clock is far ahead of the real one that alarms use.
 */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { asc } from 'drizzle-orm'
import { type Config, parseConfig } from '../../../src/config.ts'
import type { Result } from '../../../src/core/failure.ts'
import type { Manifest, VersionInfo } from '../../../src/core/schema/history.ts'
import { toVersionInfo } from '../../../src/registry/history/history.ts'
import { Registry } from '../../../src/registry/registry.ts'
import { type Database, openDatabase } from '../../../src/registry/store/database.ts'
import { type PullRow, pulls, versions } from '../../../src/registry/store/tables.ts'
import { type AaPagesOptions, type Facts, recordedPull } from '../rows.ts'
import { FakeSource } from './fake-source.ts'

/** Ten hours and a minute after the cron. */
export const START = Date.parse('2036-03-01T12:01:00.000Z')
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const API_KEY = 'aa_made_up_key_0123456789'
/** A registry with a key of Artificial Analysis but without this token has a warning. */
export const READ_TOKEN = 'reader-0123456789'

/** Jobs that are due at the same time take at most a few alarms. */
const MAX_IDLE_ALARMS = 20

type Vars = Record<string, string>

/** A body as it is passed to the object. */
export const bytesOf = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json))

export class OpenedRegistry {
  readonly clock = { now: START }
  readonly source = new FakeSource()
  readonly db: Database
  readonly storage: DurableObjectStorage
  readonly #state: DurableObjectState
  #registry: Registry | undefined
  #config = parseConfig({})

  constructor(state: DurableObjectState, db: Database) {
    this.#state = state
    this.storage = state.storage
    this.db = db
  }

  get registry(): Registry {
    if (!this.#registry) throw new Error('The registry is not open')
    return this.#registry
  }

  /** The settings that it was opened with. */
  get config(): Config {
    return this.#config
  }

  /** Reopens the object: only its storage is kept, and the settings may change. */
  async reopen(vars: Vars = {}, kv: unknown = env.REGISTRY): Promise<void> {
    const all = { ...env, REGISTRY: kv, AA_API_KEY: API_KEY, READ_TOKEN, ...vars }
    this.#config = parseConfig(all)
    const registry = new Registry(this.#state, all as Env) // a test may break any binding
    // Set before the asynchronous part of the constructor, which already reads the clock.
    registry.clock = () => this.clock.now
    registry.outbound = this.source.fetch
    await this.#state.blockConcurrencyWhile(async () => undefined)
    this.#registry = registry
  }

  /** Lets time pass, and fires the alarm when it is due. Throws if the alarm never stops firing. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.now + milliseconds
    for (let idle = 0; ; ) {
      const alarm = await this.storage.getAlarm()
      if (alarm === null || alarm > end) break
      idle = alarm > this.clock.now ? 0 : idle + 1
      if (idle > MAX_IDLE_ALARMS) throw new Error(`The alarm went off ${idle} times without time passing`)
      this.clock.now = Math.max(this.clock.now, alarm)
      await this.storage.deleteAlarm()
      await this.registry.alarm()
    }
    // The work may have taken longer than the time that should pass.
    this.clock.now = Math.max(this.clock.now, end)
  }

  /** Sends a recorded pull, as of now by default. */
  send(
    rows?: Facts[],
    { at = this.clock.now, forced = false, ...options }: AaPagesOptions & { at?: number; forced?: boolean } = {},
  ) {
    const fetchedAt = new Date(at).toISOString()
    return this.registry.importPull(bytesOf(recordedPull(rows, { ...options, fetchedAt })), forced)
  }

  commits(): VersionInfo[] {
    return this.db.tables.select().from(versions).orderBy(asc(versions.seq)).all().map(toVersionInfo)
  }

  pulls(): PullRow[] {
    return this.db.tables.select().from(pulls).orderBy(asc(pulls.id)).all()
  }

  /** The outcome of each pull, or why it failed. */
  outcomes(): string[] {
    return this.pulls().map(({ outcome, code }) => code ?? outcome)
  }

  manifest(seq: number): Manifest {
    return JSON.parse(new TextDecoder().decode(this.registry.manifest(seq)?.bytes))
  }
}

export function withRegistry(
  work: (opened: OpenedRegistry) => Promise<void>,
  { vars, kv }: { vars?: Vars; kv?: unknown } = {},
): Promise<void> {
  return runInDurableObject(env.REGISTRY_DO.getByName('registry'), async (_, state) => {
    const opened = new OpenedRegistry(state, await openDatabase(state.storage))
    await opened.reopen(vars, kv)
    await work(opened)
  })
}

/** The value of a result. Throws if it is a failure. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value
}
