import { describe, expect, it } from 'vitest'
import { readOrigins } from '../../../src/core/settings/origins.ts'

describe('readOrigins()', () => {
  it.each([
    '*',
    'null',
    'https://app.example.com',
    'http://localhost:5173',
    'https://*.example.com:8443',
    'tauri://localhost',
    'capacitor://localhost',
    'chrome-extension://abcdefghijklmnop',
    'app+x.y-z://host',
    'http://[::1]:3000',
  ])('accepts %s', (origin) => {
    expect(readOrigins(origin)).toEqual({
      allowedOrigins: { ok: true, value: [origin] },
      originEntries: { ok: true, value: undefined },
    })
  })

  it.each(['example.com', 'https://', 'https://example.com/', 'https://*', '*.example.com', '://x', 'https://a b'])(
    'skips %s, and names its position',
    (entry) => {
      const { allowedOrigins, originEntries } = readOrigins(`https://one.example, ${entry}, https://two.example`)
      expect(allowedOrigins.value).toEqual(['https://one.example', 'https://two.example'])
      expect(originEntries).toMatchObject({ ok: false, failure: { code: 'configuration' } })
      expect(JSON.stringify(originEntries)).toContain('entry 2 of the setting ALLOWED_ORIGINS')
      expect(JSON.stringify(originEntries)).not.toContain(`"${entry}"`)
    },
  )

  it('reads no origin from an empty setting', () => {
    for (const setting of [undefined, '', ' , '])
      expect(readOrigins(setting)).toMatchObject({ allowedOrigins: { value: [] }, originEntries: { ok: true } })
  })
})
