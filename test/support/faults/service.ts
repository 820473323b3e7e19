/**
 * The whole service: the Worker's app in its isolates, the real Durable Object behind real RPC, and a clock, a source
 * and a KV that fail when a test sets them to. The clock is far ahead of the real one that alarms use, so that an alarm
 * fires only if a test lets time pass.
 */
import {
  abortAllDurableObjects,
  createScheduledController,
  reset,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { Manifest, VersionInfo } from '../../../src/core/schema/history.ts'
import type { PullRecord, RegistryStatus, SourceStatus } from '../../../src/core/schema/operations.ts'
import worker from '../../../src/index.ts'
import type { Registry } from '../../../src/registry/registry.ts'
import { independentEtag } from '../core/naive/independent-root.ts'
import { BEARER, type Bindings, configureObject, type TestApp, testApp } from '../http/registry-app.ts'
import { FakeSource } from '../registry/fake-source.ts'
import { HOUR, MINUTE, READ_TOKEN, START } from '../registry/opened-registry.ts'
import { DAY } from '../registry/stored/stored-history.ts'
import { aaRow, type Facts } from '../rows.ts'
import { BreakableKv, realKv } from './breakable-kv.ts'

/** Jobs that are due at the same time take at most a few alarms. */
const MAX_IDLE_ALARMS = 20

/** The rows of one page. The first model has the name of the day. */
export const rowsOf = (day: string): Facts[] => [
  aaRow({ name: day }),
  aaRow({ slug: 'two', name: 'Two' }),
  aaRow({ slug: 'three', name: 'Three' }),
]

export class Service {
  now = START
  readonly source = new FakeSource()
  readonly kv = new BreakableKv()
  /** An isolate that exists from the beginning. Every other isolate is new. */
  readonly warm = this.isolate()

  get object(): DurableObjectStub<Registry> {
    return env.REGISTRY_DO.getByName('registry')
  }

  isolate(bindings: Bindings = {}): TestApp {
    // The object has a READ_TOKEN, so that its status has no warning. The reads of a test do not need it.
    return testApp({ READ_TOKEN: undefined }, { REGISTRY: this.kv, ...bindings })
  }

  /** Makes a first pull of day A, and an override that no later pull may lose. */
  async start(): Promise<void> {
    this.serve('A')
    await this.cron()
    await this.override('two', { maxOutput: 1000 })
    await this.pass(MINUTE)
    await this.expectServed('A')
    expect((await this.status()).warnings).toEqual([])
    expect((await this.sourceStatus()).lastPull).toMatchObject({ outcome: 'committed' })
  }

  serve(day: string): void {
    this.source.serve(rowsOf(day), { pageSize: 1 })
  }

  async cron(): Promise<void> {
    await worker.scheduled(createScheduledController(), env)
  }

  async nextCron(): Promise<void> {
    await this.pass(DAY - ((this.now - 2 * HOUR) % DAY))
    await this.cron()
  }

  /** Refreshes now, as an operator. */
  refresh(app = this.isolate()): Promise<Response> {
    return app.send('POST', '/v1/admin/refresh', { headers: BEARER })
  }

  /** Lets time pass, and fires the alarm when it is due. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    for (let idle = 0; ; ) {
      const alarm = await this.alarm()
      if (alarm === null || alarm > end) break
      idle = alarm > this.now ? 0 : idle + 1
      if (idle > MAX_IDLE_ALARMS) throw new Error(`The alarm went off ${idle} times without time passing`)
      this.now = Math.max(this.now, alarm)
      await runDurableObjectAlarm(this.object)
    }
    this.now = end
  }

  alarm(): Promise<number | null> {
    return runInDurableObject(this.object, (_, { storage }) => storage.getAlarm())
  }

  /** Ends the object at once: its memory is lost, but not its storage. */
  crash(): Promise<void> {
    return abortAllDurableObjects()
  }

  async override(value: string, metrics: Facts): Promise<Response> {
    const body = JSON.stringify({ set: { metrics }, note: 'why' })
    return this.isolate().send('PUT', `/v1/admin/overrides/models/acme/${value}`, { headers: BEARER, body })
  }

  async status(): Promise<RegistryStatus> {
    return readJson(await this.isolate().get('/v1/status'))
  }

  async sourceStatus(): Promise<SourceStatus> {
    return (await this.status()).sources['artificial-analysis'] ?? {}
  }

  /** Newest first. */
  async pulls(): Promise<PullRecord[]> {
    return readJson(await this.isolate().get('/v1/admin/pulls', BEARER))
  }

  /** The manifest that an isolate returns. Checks its content against its etag. */
  async manifest(app = this.isolate(), query = ''): Promise<Manifest> {
    const response = await app.get(`/v1/manifest${query}`)
    const manifest = await readJson<Manifest>(response)
    expect(response.headers.get('etag')).toBe(manifest.etag)
    expect(independentEtag(manifest)).toBe(manifest.etag)
    return manifest
  }

  /** Expects a new isolate and an old one to serve this day. */
  async expectServed(day: string): Promise<void> {
    for (const app of [this.isolate(), this.warm]) expect(dayOf(await this.manifest(app))).toBe(day)
  }

  /** Expects the failure of the newest pull, with its reason, in the status and the record. */
  async expectFailure(code: string, hint: string | RegExp): Promise<void> {
    const failure = { outcome: 'failed', code, detail: expect.stringMatching(hint) }
    expect((await this.sourceStatus()).lastPull).toMatchObject(failure)
    expect((await this.pulls())[0]).toMatchObject({ ...failure, origin: 'live' })
  }

  /**
   * Expects that nothing was lost: the next good pull commits, with overrides, and every earlier version can be read.
   */
  async expectRecovery(day = 'B'): Promise<void> {
    this.serve(day)
    await this.nextCron()
    await this.pass(MINUTE)
    await this.expectServed(day)
    const { models } = await this.manifest()
    expect(models.find(({ value }) => value === 'two')?.metrics?.maxOutput).toBe(1000)
    const status = await this.status()
    expect(status.sources['artificial-analysis']?.lastPull?.outcome).toBeOneOf(['committed', 'unchanged'])
    expect(status.warnings).toEqual([])
    expect(await realKv.get('current', 'json')).toMatchObject({ version: status.version, seq: status.seq })
    const commits = await readJson<VersionInfo[]>(await this.isolate().get('/v1/versions'))
    expect(commits.map(({ seq }) => seq)).toEqual(commits.map((_, index) => commits.length - index))
    for (const { version } of commits)
      expect((await this.manifest(this.isolate(), `?version=${version}`)).version).toBe(version)
  }
}

/** The day of a manifest: the name of its first model. */
export const dayOf = ({ models }: Manifest): string | undefined =>
  models.find(({ value }) => value === 'acme-one')?.name

async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return JSON.parse(text)
}

/** Starts a separate service that already has a good pull. */
export async function startService(): Promise<Service> {
  await reset()
  const service = new Service()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(Date, 'now').mockImplementation(() => service.now)
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init = {}) => service.source.fetch(String(url), init))
  await configureObject({ AA_API_KEY: 'aa_made_up_key_0123456789', REGISTRY: service.kv, READ_TOKEN })
  await service.start()
  return service
}
