import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findStepBack } from '../../../scripts/measure/load/backwards.ts'
import { ReplyChecker } from '../../../scripts/measure/load/check-reply.ts'
import type { Reply } from '../../../scripts/measure/load/connection.ts'
import { chooseRead } from '../../../scripts/measure/load/read-mix.ts'
import { load } from '../../../scripts/measure/load.ts'
import { Chance } from '../../../scripts/measure/shared/seeded-chance.ts'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { partsOf, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest } from '../../../src/core/manifest/manifest-layout.ts'
import { etagOf, versionOf } from '../../../src/core/manifest/version.ts'
import { run } from '../../support/cli/run.ts'
import { model, provider } from '../../support/rows.ts'

describe('chooseRead()', () => {
  it('reads everything, in the same order every time', () => {
    const known = { provider: 'load', values: ['a', 'b'], versions: ['v1.0123456789ab'] }
    const draw = () => {
      const chance = new Chance(1)
      return Array.from({ length: 300 }, () => chooseRead(known, chance))
    }
    expect(draw()).toEqual(draw())
    expect(new Set(draw().map(({ route }) => route)).size).toBe(18)
  })
})

describe('ReplyChecker', () => {
  const parts = partsOf({ models: [model()], providers: [provider()] })
  const { version, etag } = versionOf(rootOf(parts, sha256))
  const head = { version, etag, generatedAt: '2025-03-01T02:00:00.000Z', attribution: [] }
  const body = Buffer.from(layOutManifest(head, parts).bytes).toString()
  const read = { route: '/v1/manifest', path: '/v1/manifest' }
  const reply = (facts: Partial<Omit<Reply, 'body'>> & { body?: string } = {}): Reply => ({
    status: 200,
    headers: { etag, 'x-registry-version': version },
    ...facts,
    body: Buffer.from(facts.body ?? body),
  })

  it('returns the subject of a complete reply', () => {
    const checker = new ReplyChecker()
    expect(checker.check(read, reply())).toEqual({ seen: { version } })
    const list = { route: '/v1/versions', path: '/v1/versions' }
    const listed = reply({ headers: { etag: etagOf(sha256('[]')) }, body: '[]' })
    expect(checker.check(list, listed)).toEqual({ seen: {} })
    expect(checker.check(list, { ...listed, body: Buffer.from('{}') })).toEqual({
      complaint: expect.stringMatching(/^torn: the body/),
    })
    expect(checker.check(read, reply({ status: 304, body: '' }))).toEqual({ seen: { version } })
  })

  it.each<[string, Reply, RegExp]>([
    ['a failure', reply({ status: 500, body: 'oops' }), /status 500: oops/],
    ['no ETag', reply({ headers: { 'x-registry-version': version } }), /^torn: .* the ETag is $/],
    ['no version', reply({ headers: { etag } }), /the answer says undefined/],
    ['another version', reply({ headers: { etag, 'x-registry-version': 'v1.000000000000' } }), /says v1\.000000000000/],
    ['what is not a version', reply({ headers: { etag, 'x-registry-version': '7' } }), /the version is 7/],
    ['content of another digest', reply({ body: body.replace('acme-one', 'acme-two') }), /^torn: the content/],
    ['half a body', reply({ body: body.slice(0, 99) }), /not a manifest/],
    ['a head of another version', reply({ body: body.replace(etag.slice(1, 9), '00000000') }), /^torn/],
    [
      'less than was declared',
      reply({ headers: { ...reply().headers, 'content-length': '99999' } }),
      /of the 99999 that were declared/,
    ],
  ])('reports %s', (_what, wrong, complaint) => {
    expect(new ReplyChecker().check(read, wrong)).toEqual({ complaint: expect.stringMatching(complaint) })
  })

  it('reports a past version that is not the one asked for', () => {
    const past = { ...read, version: 'v1.000000000000' }
    expect(new ReplyChecker().check(past, reply())).toEqual({ complaint: expect.stringMatching(/asked for v1\.0/) })
  })

  it('reports a body that changes under the same version', () => {
    const checker = new ReplyChecker()
    checker.check(read, reply())
    expect(checker.check(read, reply({ body: `${body} ` }))).toEqual({ complaint: expect.stringMatching(/differ/) })
  })
})

describe('findStepBack()', () => {
  const seqs = new Map([
    ['a', [1, 3]],
    ['b', [2]],
    ['c', [4]],
  ])

  it.each([['a b c'], ['a b a c'], ['a c'], ['b a'], ['c'], ['']])('finds no step back in %j', (versions) => {
    expect(findStepBack(versions.split(' ').filter(Boolean), seqs)).toBeUndefined()
  })

  it.each([['b a b'], ['c a'], ['c b'], ['a b a b'], ['unknown']])('finds the step back in %j', (versions) => {
    expect(findStepBack(versions.split(' '), seqs)).toMatch(/after row/)
  })
})

describe('load', () => {
  it.each([['--seconds', '0'], ['--connections', 'many'], ['--models', '99'], ['--speed', '1'], ['now']])(
    'refuses %s %s',
    async (...args) => {
      await expect(run(load, args)).rejects.toThrow(/^Cannot (load|read)/)
    },
  )

  // The harness reads what workerd uses from /proc.
  it.skipIf(!existsSync('/proc/self/stat'))(
    'reads a changing registry without finding errors',
    { timeout: 90_000 },
    async () => {
      const script = fileURLToPath(new URL('../../../scripts/registry.ts', import.meta.url))
      const args = ['measure', 'load', '--seconds', '2', '--connections', '3', '--models', '100']
      const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      const ended = new Promise((resolve) => child.once('close', resolve))
      const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
      expect(await ended, output + complaints).toBe(0)
      expect(output).toMatch(/^ +in all +[1-9]\d* /m)
      expect(output).toMatch(/Meanwhile [1-9]\d* pulls and \d+ overrides were sent/)
    },
  )
})
