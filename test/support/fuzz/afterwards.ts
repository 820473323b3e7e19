/** Checks what reads must return, whatever was done before. */
import { expect } from 'vitest'
import { BEARER } from '../http/registry-app.ts'
import type { FuzzedApp } from './fuzzed-app.ts'

export const READ_AFTERWARDS = [
  ...['/v1/manifest', '/v1/versions', '/v1/models?sort=-iq', '/v1/providers', '/v1/status', '/docs'],
  ...['/v1/manifest?at=2025-03-01', '/v1/diff?from=2025-03-01', '/v1/diff?from=2025-03-01&to=2025-03-02'],
  ...['/v1/models/acme/one/history', '/v1/providers/acme/history', '/v1/admin/pulls', '/v1/admin/overrides'],
  ...['/v1/admin/overrides/history', '/v1/admin/export?payloads=true'],
]

export async function checkAfterwards({ ask }: FuzzedApp): Promise<void> {
  for (const url of READ_AFTERWARDS) {
    const headers = url.startsWith('/v1/admin') ? BEARER : {}
    const { status } = await ask({ method: 'GET', url, headers })
    expect(status, url).toBe(200)
  }
}
