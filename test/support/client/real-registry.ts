/** The registry itself, run by wrangler, on its own port and with empty storage. */
import { fileURLToPath } from 'node:url'
import { createTestHarness } from 'wrangler'
import type { Outcome } from '../../../src/core/schema/operations.ts'
import { type AaPagesOptions, type Facts, recordedPull } from '../rows.ts'

/** The admin token of every such registry. */
export const TOKEN = 'a-token-of-the-tests-alone'

export interface RealRegistry {
  url: string
  /** Sends a pull of these rows at 02:00 UTC on a day of October 2026. */
  pull(rows: Facts[], day: number, options?: AaPagesOptions): Promise<Outcome>
  /** Sends a pull of models.dev at 03:00 UTC on a day of October 2026. The source must be enabled. */
  pullModelsDev(catalogue: object, day: number): Promise<Outcome>
  /** Overrides a model or provider. `target`: the end of the path of its override. */
  override(target: string, override: object): Promise<Outcome>
  close(): Promise<void>
}

/** `settings`: in addition to the admin token. */
export async function startRegistry(settings: Record<string, string> = {}): Promise<RealRegistry> {
  // Without these settings, wrangler sends requests that only its dashboard needs.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  process.env.WRANGLER_SEND_METRICS = 'false'
  const configPath = fileURLToPath(new URL('../../../wrangler.toml', import.meta.url))
  // Without a key, nothing is pulled, but imported pulls are accepted.
  const off = { MODELS_DEV_URL: '', EPOCH_URL: '', ARENA_URL: '' }
  const vars = { ADMIN_TOKEN: TOKEN, ...off, ALLOWED_ORIGINS: '*', ...settings }
  const harness = createTestHarness({ workers: [{ configPath, vars }] })
  const { origin: url } = (await harness.listen()).url
  const send = async (method: string, path: string, body: unknown): Promise<Outcome> => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const response = await fetch(`${url}/v1/admin/${path}`, { method, headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(await response.text())
    return response.json() as Promise<Outcome> // by the contract
  }
  return {
    url,
    async pull(rows, day, options = {}) {
      const fetchedAt = new Date(Date.UTC(2026, 9, day, 2)).toISOString()
      return send('POST', 'pulls', recordedPull(rows, { ...options, fetchedAt }))
    },
    async pullModelsDev(catalogue, day) {
      const fetchedAt = new Date(Date.UTC(2026, 9, day, 3)).toISOString()
      return send('POST', 'pulls', { source: 'models.dev', fetchedAt, pages: [catalogue] })
    },
    override: (target, override) => send('PUT', `overrides/${target}`, override),
    close: () => harness.close(),
  }
}
