/** Faults between the readers and the Durable Object: of KV, of the Cache API, and of calls to the object. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { realKv } from '../support/faults/breakable-kv.ts'
import { dayOf, type Service, startService } from '../support/faults/service.ts'
import { readProblem } from '../support/http/problem-body.ts'
import { MINUTE, SECOND } from '../support/registry/opened-registry.ts'

let service: Service
beforeEach(async () => {
  service = await startService()
})
afterEach(() => vi.restoreAllMocks())

const KV_LAG = 2 * MINUTE + SECOND

async function commit(day: string): Promise<void> {
  service.serve(day)
  await service.nextCron()
  expect((await service.sourceStatus()).lastPull).toMatchObject({ outcome: 'committed' })
}

/** The status has this warning, which is the operator's only signal. */
async function expectWarning(code: string, hint: RegExp): Promise<void> {
  expect((await service.status()).warnings).toEqual([{ code, detail: expect.stringMatching(hint) }])
}

describe('while KV', () => {
  it('cannot be read, the Durable Object serves reads, and a new version is visible immediately', async () => {
    service.kv.failing.add('get')
    await service.pass(MINUTE)
    await service.expectServed('A')
    await commit('B')
    await service.pass(MINUTE)
    await service.expectServed('B')
    await expectWarning('kv-unreadable', /KV GET failed: 503/)
    service.kv.failing.clear()
    await service.expectRecovery('C')
  })

  it('cannot be written, the last published manifest is served, and the newest one once KV works again', async () => {
    service.kv.failing.add('put')
    await commit('B')
    await service.pass(KV_LAG)
    expect(dayOf(await service.manifest())).toBe('A')
    await expectWarning('kv-behind', /commit 2.*newest is 3/)
    service.serve('C')
    expect((await service.refresh()).status).toBe(200)
    service.kv.failing.clear()
    await service.pass(5 * MINUTE)
    await service.expectServed('C')
    await service.expectRecovery('D')
  })

  it('can be neither read nor written, the Durable Object serves reads', async () => {
    service.kv.failing.add('get').add('put')
    await commit('B')
    await service.pass(KV_LAG)
    await service.expectServed('B')
    await expectWarning('kv-unreadable', /KV GET failed: 503/)
    service.kv.failing.clear()
    await service.pass(5 * MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  it('is a version behind, that version is served consistently, and a reader of the newer one never goes back', async () => {
    service.kv.lagging = true
    const admin = service.isolate()
    service.serve('B')
    expect((await service.refresh(admin)).status).toBe(200)
    const warned: number[] = []
    for (const elapsed of [0, 4 * SECOND, 20 * SECOND, 40 * SECOND, MINUTE + SECOND]) {
      await service.pass(elapsed)
      expect(dayOf(await service.manifest())).toBe('A')
      expect(dayOf(await service.manifest(admin))).toBe('B')
      warned.push((await service.status()).warnings.length)
    }
    expect(warned).toEqual([0, 0, 0, 0, 1])
    await expectWarning('kv-behind', /commit 2.*newest is 3/)
    await service.kv.catchUp()
    await service.pass(MINUTE)
    await service.expectServed('B')
    await service.expectRecovery('C')
  })

  it('shows a new pointer before its manifest, the Durable Object serves reads', async () => {
    const old = await realKv.getWithMetadata('manifest')
    await commit('B')
    await service.pass(MINUTE)
    await realKv.put('manifest', old.value ?? '', { metadata: old.metadata })
    await service.expectServed('B')
    await service.pass(KV_LAG)
    await expectWarning('kv-corrupt', /"manifest"/)
    await service.expectRecovery('C')
  })

  it.each<[key: string, fault: string, damage: () => Promise<void>]>([
    ['current', 'is not JSON', () => realKv.put('current', 'not JSON')],
    ['current', 'is JSON of another kind', () => realKv.put('current', '{"seq":99}')],
    ['current', 'is lost', () => realKv.delete('current')],
    ['manifest', 'is truncated', () => rewriteManifest((text) => text.slice(0, -100))],
    ['manifest', 'is changed in one letter', () => rewriteManifest((text) => text.replace('"A"', '"Z"'))],
    ['manifest', 'has lost its metadata', async () => realKv.put('manifest', (await realKv.get('manifest')) ?? '')],
    ['manifest', 'is lost', () => realKv.delete('manifest')],
  ])(
    'has a "%s" that %s, reads bypass it, and the next pull rewrites it, even without changes',
    async (key, _, damage) => {
      await damage()
      await service.pass(KV_LAG)
      await service.expectServed('A')
      await expectWarning('kv-corrupt', new RegExp(`"${key}"`))
      await service.expectRecovery('A')
    },
  )
})

async function rewriteManifest(damage: (text: string) => string): Promise<void> {
  const { value, metadata } = await realKv.getWithMetadata('manifest')
  await realKv.put('manifest', damage(value ?? ''), { metadata })
}

describe('while the Cache API', () => {
  const failing = () => Promise.reject(new Error('The cache is not there'))

  it.each<[fault: string, fail: () => unknown]>([
    ['cannot be opened', () => vi.spyOn(caches, 'open').mockImplementation(failing)],
    ['throws', () => vi.spyOn(caches, 'open').mockResolvedValue({ match: failing, put: failing } as never)],
  ])('%s, every read works without it', async (_, fail) => {
    const { version } = await service.manifest()
    fail()
    await service.expectServed('A')
    await commit('B')
    await service.pass(MINUTE)
    await service.expectServed('B')
    expect((await service.manifest(service.isolate(), `?version=${version}`)).version).toBe(version)
    for (const path of ['/v1/models', '/v1/models/search?name=two', '/v1/models/acme/two', '/v1/versions'])
      expect((await service.isolate().get(path)).status, path).toBe(200)
    await expectWarning('cache-failing', /The cache is not there/)
    vi.mocked(caches.open).mockRestore()
    await service.expectRecovery('C')
  })
})

describe('while the Durable Object', () => {
  it('does not respond, the current version is served from KV, and the status is a problem', async () => {
    const unreachable = new Proxy({}, { get: () => () => Promise.reject(new Error('The object is overloaded')) })
    const cutOff = service.isolate({ REGISTRY_DO: { getByName: () => unreachable } })
    for (const path of ['/v1/manifest', '/v1/models', '/v1/models/acme/two', '/v1/version'])
      expect((await cutOff.get(path)).status, path).toBe(200)
    expect(dayOf(await service.manifest(cutOff))).toBe('A')
    await readProblem(await cutOff.get('/v1/status'), 'internal')
    await service.expectRecovery()
  })
})
