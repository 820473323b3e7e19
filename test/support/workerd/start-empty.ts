/**
 * Each file starts with empty bindings, with the settings of wrangler.toml, and with modules that hold nothing. Files
 * share one workerd, because starting one takes a second or two, and the modules would be transformed again for each.
 */
import { env, reset, runInDurableObject } from 'cloudflare:test'
import { vi } from 'vitest'

declare global {
  /** The bindings before the first test, kept across files. */
  var untouchedBindings: WeakMap<object, object> | undefined
}

globalThis.untouchedBindings ??= new WeakMap()
const untouched = globalThis.untouchedBindings

vi.restoreAllMocks()
vi.unstubAllGlobals()
vi.useRealTimers()
restore(env)
await runInDurableObject(env.REGISTRY_DO.getByName('registry'), (registry) => {
  const bound: unknown = Reflect.get(registry, 'env')
  if (typeof bound === 'object' && bound) restore(bound)
})
// Deletes what lives: an object that was aborted would keep its data.
await reset()
// Last, because an object whose class was evaluated again refuses every call.
vi.resetModules()

function restore(bindings: object): void {
  const before = untouched.get(bindings) ?? { ...bindings }
  untouched.set(bindings, before)
  for (const name of Object.keys(bindings)) if (!(name in before)) Reflect.deleteProperty(bindings, name)
  Object.assign(bindings, before)
}
