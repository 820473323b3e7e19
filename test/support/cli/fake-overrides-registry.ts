/**
 * An HTTP registry of overrides: it records what it receives, returns what is set, and has its active overrides as
 * history.
 */
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { KeyedOverride } from '../../../src/core/overrides/override-schema.ts'
import { sendJson, startLocalServer } from './local-server.ts'

export const TOKEN = 'fake-registry-token'

export interface FakeOverridesRegistry {
  url: string
  active: KeyedOverride[]
  /** What was active once, newest first. */
  past: KeyedOverride[]
  /** The diff that it returns. */
  diff: object
  /** The manifest, as JSON. */
  served: string
  /** Set to refuse every change. */
  refusal: { status: number; detail: string } | undefined
  /** Bodies of the received changes, except dry runs. */
  sent: { provider: string; value?: string; delete?: true }[][]
  close(): void
}

export async function startFakeOverridesRegistry(diff: object): Promise<FakeOverridesRegistry> {
  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { pathname } = new URL(request.url ?? '', server.url)
    if (pathname === '/v1/manifest') return { status: 200, body: JSON.parse(registry.served) }
    if (pathname === '/v1/versions') return { status: 200, body: [{ ...JSON.parse(registry.served), seq: 1 }] }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return problem(401, 'send a token')
    if (pathname.endsWith('/history')) return { status: 200, body: changesOf(registry.past, request.url) }
    if (request.method === 'GET')
      return { status: 200, body: registry.active.map((override) => ({ ...override, at: '2026-07-02', by: 'me' })) }
    const items = JSON.parse(await text(request))
    if (registry.refusal) return problem(registry.refusal.status, registry.refusal.detail)
    if (!request.url?.includes('dryRun=true')) registry.sent.push(items)
    return { status: 200, body: { outcome: 'committed', version: 'v1.0123456789ab', seq: 7, diff: registry.diff } }
  }

  const server = await startLocalServer(async (request, response) => {
    const { status, body } = await answer(request)
    sendJson(response, status, body)
  })
  const registry: FakeOverridesRegistry = {
    url: server.url,
    active: [],
    past: [],
    diff,
    served: '{}',
    refusal: undefined,
    sent: [],
    close: server.close,
  }
  return registry
}

function changesOf(past: KeyedOverride[], url = ''): object[] {
  const { searchParams } = new URL(url, 'http://registry')
  const limit = Number(searchParams.get('limit'))
  const first = past.length - Number(searchParams.get('before') ?? past.length + 1) + 1
  return past.slice(first, first + limit).map(({ provider, value, note, ...override }, index) => {
    const change = { id: past.length - first - index, at: '2026-07-02T00:00:00.000Z', by: 'me', action: 'put', note }
    return { ...change, provider, ...(value !== undefined && { value }), override: { ...override, note } }
  })
}

function problem(status: number, detail: string): { status: number; body: object } {
  return { status, body: { status, detail } }
}
