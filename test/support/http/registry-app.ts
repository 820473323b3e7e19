/**
 * The Worker's app for a test: with its own isolate memory and settings, and the only Durable Object of the test file.
 * KV is empty unless a test binds it, so that results never depend on when KV was written.
 */
import {
  abortAllDurableObjects,
  createExecutionContext,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect } from 'vitest'
import type * as z from 'zod'
import { Outcome } from '../../../src/core/schema/operations.ts'
import { Memory } from '../../../src/edge/memory.ts'
import { createApp } from '../../../src/http/app.ts'
import { pages } from '../../../src/http/pages/pages.ts'
import type { LazyRoutes, Route } from '../../../src/http/route.ts'
import { routes } from '../../../src/http/routes.ts'
import type { RecordedPull } from '../rows.ts'

export const ORIGIN = 'https://registry.example'
export const TOKEN = '0123456789abcdef'
export const BEARER = { authorization: `Bearer ${TOKEN}` }

/** `undefined` unsets a setting. */
type Settings = Record<string, string | undefined>
export type Bindings = Partial<Record<keyof Env, unknown>>

export interface TestApp {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, init?: { headers?: Record<string, string>; body?: BodyInit }): Promise<Response>
  /** Sends a recorded pull with the admin token and without the guard, and expects it to be accepted. */
  take(pull: RecordedPull): Promise<z.infer<typeof Outcome>>
}

const silentKv = { get: async () => null, getWithMetadata: async () => ({ value: null, metadata: null }) }

export function testApp(
  settings: Settings = {},
  bindings: Bindings = {},
  served: readonly (Route | LazyRoutes)[] = routes,
): TestApp {
  const app = createApp(served, new Memory(), pages)
  const bound = { ...env, REGISTRY: silentKv, ADMIN_TOKEN: `root:${TOKEN}`, ...bindings, ...settings }
  // An address of its own: failed attempts of one test do not limit another.
  const client = { 'cf-connecting-ip': `client ${crypto.randomUUID()}` }
  const send: TestApp['send'] = async (method, path, { headers, ...init } = {}) => {
    const context = createExecutionContext()
    const request = new Request(ORIGIN + path, { method, headers: { ...client, ...headers }, ...init })
    // Bindings may be fakes with only the methods that the app calls.
    const response = await app.fetch(request, bound as Env, context)
    await waitOnExecutionContext(context)
    return response
  }
  return {
    send,
    get: (path, headers = {}) => send('GET', path, { headers }),
    async take(pull) {
      const response = await send('POST', '/v1/admin/pulls?force=true', { headers: BEARER, body: JSON.stringify(pull) })
      const text = await response.text()
      expect(response.status, text).toBe(200)
      return Outcome.parse(JSON.parse(text))
    },
  }
}

/** Sets or unsets settings and bindings of the Durable Object itself, which reads them when it starts. */
export async function configureObject(settings: Settings | Bindings): Promise<void> {
  const stub = env.REGISTRY_DO.getByName('registry')
  await runInDurableObject(stub, (registry) => {
    const bound: unknown = Reflect.get(registry, 'env')
    Object.assign(bound as object, settings)
  })
  // An eviction would wait for the timeout of a page that was requested earlier.
  await abortAllDurableObjects()
}
