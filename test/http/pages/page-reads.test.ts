/** What pages read of KV in a new isolate. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Service, startService } from '../../support/faults/service.ts'

afterEach(() => vi.restoreAllMocks())

const CREDIT = 'href="https://artificialanalysis.ai'

/** An isolate, and the keys that it reads of KV. */
function countedIsolate(service: Service) {
  const keys: string[] = []
  const { kv } = service
  const counted = {
    get(...args: Parameters<typeof kv.get>) {
      keys.push(String(args[0]))
      return kv.get(...args)
    },
    getWithMetadata(...args: Parameters<typeof kv.getWithMetadata>) {
      keys.push(String(args[0]))
      return kv.getWithMetadata(...args)
    },
  }
  return { keys, isolate: service.isolate({ REGISTRY: counted }) }
}

describe('a page in a new isolate', () => {
  it.each(['/', '/models/acme/two'])('%s credits its sources without reading the manifest', async (path) => {
    const { keys, isolate } = countedIsolate(await startService())
    const response = await isolate.get(path)
    expect(await response.text()).toContain(CREDIT)
    expect(keys).toContain('current')
    expect(keys).not.toContain('manifest')
  })

  it('credits its sources from the manifest while the Durable Object is gone', async () => {
    const service = await startService()
    const unreachable = new Proxy({}, { get: () => () => Promise.reject(new Error('The object is overloaded')) })
    const response = await service.isolate({ REGISTRY_DO: { getByName: () => unreachable } }).get('/providers')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain(CREDIT)
  })
})
