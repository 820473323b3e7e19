import { describe, expect, inject, it } from 'vitest'
import { type Bundle, bundleForBrowser } from '../../../scripts/checks/bundle.ts'
import { MAX_BUNDLE_BYTES } from '../../../scripts/checks/package-complaints.ts'

const bundleOf = (name: string): Promise<Bundle> =>
  bundleForBrowser(`export { ${name} } from '@rttnd/llm'`, inject('app'))

describe('a bundle for browsers', () => {
  it('of createRegistry is at most 10 KB, minified and compressed', async () => {
    expect((await bundleOf('createRegistry')).gzipBytes).toBeLessThanOrEqual(MAX_BUNDLE_BYTES)
  })

  it('has nothing of Node, of zod, or of the server', async () => {
    const { text, inputs } = await bundleOf(
      'createRegistry, createKVRegistry, applyOverrides, estimateCost, resolveReasoning',
    )
    expect(inputs.filter((file) => !/(^|\/)dist\/(client|core)\/[\w/-]+\.js$|^<stdin>$/.test(file))).toEqual([])
    expect(text).not.toMatch(/\bimport\b|\brequire\b|node:|\bzod\b/)
  })

  it.each([
    ['estimateCost', 350],
    ['resolveReasoning', 800],
    ['applyOverrides', 3600],
    ['createKVRegistry', 6400],
  ])('of %s alone leaves the rest out', async (name, limit) => {
    expect((await bundleOf(name)).gzipBytes).toBeLessThanOrEqual(limit)
  })
})
