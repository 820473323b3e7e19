/** A fake registry and its clients for one test. They are closed after the test, even if it fails. */
import { afterEach } from 'vitest'
import { createRegistry, type Registry, type RegistryOptions } from '../../../src/client/index.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { FakeRegistry } from './fake-registry.ts'

const opened: (() => unknown)[] = []

afterEach(async () => {
  for (const end of opened.splice(0).reverse()) await end()
})

export async function startFake(first?: Catalogue): Promise<FakeRegistry> {
  const fake = await FakeRegistry.start(first)
  opened.push(() => fake.close())
  return fake
}

/** A client without storage and retries, unless the test sets them. */
export function connect(to: { url: string }, options: Partial<RegistryOptions> = {}): Registry {
  const registry = createRegistry({ baseUrl: to.url, cache: 'none', retry: 0, ...options })
  opened.push(() => registry.destroy())
  return registry
}

/** A fake registry and a client of it. */
export async function startBoth(options: Partial<RegistryOptions> = {}) {
  const fake = await startFake()
  return { fake, registry: connect(fake, options) }
}
