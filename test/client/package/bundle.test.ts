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
})
