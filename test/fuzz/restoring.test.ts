import { reset } from 'cloudflare:test'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkAfterwards, READ_AFTERWARDS } from '../support/fuzz/afterwards.ts'
import { anyBroken } from '../support/fuzz/any-broken.ts'
import { anyNastyText } from '../support/fuzz/any-nasty.ts'
import { ALLOWED_ORIGINS, type FuzzRequest } from '../support/fuzz/any-request.ts'
import { type FuzzedApp, fuzzedApp } from '../support/fuzz/fuzzed-app.ts'
import { fuzzing, fuzzTimeout } from '../support/fuzz/fuzzing.ts'
import { admin } from '../support/http/recorded-answers.ts'
import { BEARER, testApp } from '../support/http/registry-app.ts'
import { type Json, linesOf, partsOf, relinked } from '../support/registry/backup-lines.ts'

let backup: string
let full: FuzzedApp

beforeAll(async () => {
  full = await fuzzedApp({ isOverridden: true })
  const version = full.names.version?.[0]
  await admin(full.app, 'POST', '/v1/admin/rollback', { version, reason: 'to have a pin' })
  const response = await full.app.get('/v1/admin/export?payloads=true', BEARER)
  backup = new TextDecoder().decode(await response.arrayBuffer())
})

interface Damage {
  line: number
  column: number
  kind: 'value' | 'column' | 'drop' | 'repeat' | 'swap'
  value: string | number | null
}

const anyDamage: fc.Arbitrary<Damage> = fc.record({
  line: fc.nat(1000),
  column: fc.nat(1000),
  kind: fc.constantFrom('value', 'value', 'value', 'value', 'column', 'drop', 'repeat', 'swap'),
  value: fc.oneof(
    fc.constantFrom(null, 0, -1, 1.5, 1e300, -1e300, 2 ** 53, '', 'null', '{}', '[]', '{', '1', '"x"', 'e30=', '\0'),
    anyNastyText,
  ),
})

/** A backup with something wrong in its lines, but with a valid closing line. */
function damaged(lines: string[], { line, column, kind, value }: Damage): string[] {
  const at = line % lines.length
  const text = lines[at] ?? ''
  switch (kind) {
    case 'drop':
      return lines.toSpliced(at, 1)
    case 'repeat':
      return lines.toSpliced(at, 0, text)
    case 'swap':
      return lines.toSpliced(at, 2, lines[at + 1] ?? text, text)
    case 'value':
    case 'column': {
      const json: { row?: Json } & Json = JSON.parse(text)
      const owner = json.row ?? json
      const names = Object.keys(owner)
      const name = kind === 'value' ? (names[column % names.length] ?? '') : String(value)
      Object.defineProperty(owner, name, { value, enumerable: true })
      return lines.with(at, JSON.stringify(json))
    }
  }
}

const part = (number: number, body: FuzzRequest['body']): FuzzRequest => ({
  method: 'POST',
  url: `/v1/admin/import?part=${number}`,
  headers: BEARER,
  ...(body !== undefined && { body }),
})

async function emptyApp(): Promise<FuzzedApp> {
  await reset()
  return full.on(testApp({ ALLOWED_ORIGINS }))
}

/** Forged values are returned as forged, but a past manifest only if it still matches its digest. */
async function checkReadable({ app }: FuzzedApp): Promise<void> {
  for (const url of READ_AFTERWARDS.filter((url) => !url.includes('?at='))) {
    const response = await app.get(url, BEARER)
    expect(response.status, url).toBeLessThan(500)
    await response.arrayBuffer()
  }
}

describe('anything sent as a backup', () => {
  it('is refused, or restored to a registry that can be read', { timeout: fuzzTimeout() }, async () => {
    const anyBackup = fc.array(anyDamage, { minLength: 1, maxLength: 2 }).map((damages) => {
      return relinked(damages.reduce(damaged, linesOf(backup).slice(0, -1)))
    })
    await fc.assert(
      fc.asyncProperty(anyBackup, fc.integer({ min: 1, max: 3 }), async (text, count) => {
        const empty = await emptyApp()
        let status = 0
        for (const [index, body] of partsOf(text, count).entries())
          status = (await empty.ask(part(index + 1, body))).status
        if (status === 200) await checkReadable(empty)
      }),
      fuzzing(40),
    )
  })

  it('can be wiped and sent again, however broken a part was', { timeout: fuzzTimeout() }, async () => {
    const broken = fc.tuple(fc.integer({ min: 1, max: 2 }), anyBroken(fc.constant(backup)))
    await fc.assert(
      fc.asyncProperty(fc.array(broken, { minLength: 1, maxLength: 4 }), async (parts) => {
        const empty = await emptyApp()
        for (const [number, body] of parts) await empty.ask(part(number, body))
        await empty.ask({ method: 'DELETE', url: '/v1/admin/import', headers: BEARER })
        expect((await empty.ask(part(1, backup))).status).toBe(200)
        await checkAfterwards(empty)
      }),
      fuzzing(10),
    )
  })
})
