import { readFileSync } from 'node:fs'
import { describe, expect, inject, it } from 'vitest'
import { bundleForBrowser, splitForBrowser } from '../../../scripts/checks/bundle.ts'
import { exportOf, MAX_BUNDLE_BYTES, MAX_FIRST_BYTES } from '../../../scripts/checks/package-complaints.ts'

const bundleOf = (name: string) => bundleForBrowser(exportOf(name), inject('app'))

describe('a bundle for browsers', () => {
  it.each(Object.entries(MAX_BUNDLE_BYTES))(
    'of %s takes at most %i bytes, minified and compressed',
    async (name, limit) => {
      expect((await bundleOf(name)).gzipBytes).toBeLessThanOrEqual(limit)
    },
  )

  it.each(Object.entries(MAX_FIRST_BYTES))(
    'of %s, if split, loads at most %i bytes first and the rest later',
    async (name, limit) => {
      const { firstGzipBytes, lateGzipBytes } = await splitForBrowser(exportOf(name), inject('app'))
      expect(firstGzipBytes).toBeLessThanOrEqual(limit)
      expect(lateGzipBytes).toBeGreaterThan(5000)
    },
  )

  it('contains no code of Node.js, zod or the server', async () => {
    const { text, inputs } = await bundleOf(
      'createRegistry, createKVRegistry, applyOverrides, costOf, resolveReasoning',
    )
    expect(inputs.filter((file) => !/(^|\/)dist\/(client|core)\/[\w/-]+\.js$|^<stdin>$/.test(file))).toEqual([])
    expect(text).not.toMatch(/\bimport\b|\brequire\b|node:|\bzod\b/)
  })

  it.each([
    ['resolveReasoning', 800],
    ['applyOverrides', 4700],
    ['createKVRegistry', 12_500],
  ])('of only %s leaves the rest out', async (name, limit) => {
    expect((await bundleOf(name)).gzipBytes).toBeLessThanOrEqual(limit)
  })

  it('takes what docs/client.md states, or at most half a KB less', async () => {
    const text = readFileSync(new URL('../../../docs/client.md', import.meta.url), 'utf8')
    const [, sizes = ''] = text.match(/Size of the code, (.+)/) ?? []
    const stated = [...sizes.matchAll(/(\d+(?:\.\d+)?) KB/g)].map(([, size]) => Number(size) * 1000)
    const { firstGzipBytes, lateGzipBytes } = await splitForBrowser(exportOf('createRegistry'), inject('app'))
    const names = ['createRegistry', 'createKVRegistry', 'costOf', 'applyOverrides', 'resolveReasoning']
    const whole = await Promise.all(names.map(async (name) => (await bundleOf(name)).gzipBytes))
    const measured = [firstGzipBytes, lateGzipBytes, ...whole]
    expect(stated).toHaveLength(measured.length)
    for (const [index, bytes] of measured.entries()) {
      expect(bytes).toBeLessThanOrEqual(stated[index] ?? 0)
      expect(bytes).toBeGreaterThan((stated[index] ?? 0) - 500)
    }
  })
})
