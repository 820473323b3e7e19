import { describe, expect, inject, it } from 'vitest'
import { type Bundle, bundleForBrowser } from '../../../scripts/checks/bundle.ts'
import { MAX_BUNDLE_BYTES } from '../../../scripts/checks/package-complaints.ts'

const bundleOf = (name: string): Promise<Bundle> =>
  bundleForBrowser(`export { ${name} } from '@rttnd/llm'`, inject('app'))

describe('a bundle for browsers', () => {
  it.each(Object.entries(MAX_BUNDLE_BYTES))(
    'of %s takes at most %i bytes, minified and compressed',
    async (name, limit) => {
      expect((await bundleOf(name)).gzipBytes).toBeLessThanOrEqual(limit)
    },
  )

  it('has nothing of Node, of zod, or of the server', async () => {
    const { text, inputs } = await bundleOf(
      'createRegistry, createKVRegistry, applyOverrides, costOf, resolveReasoning',
    )
    expect(inputs.filter((file) => !/(^|\/)dist\/(client|core)\/[\w/-]+\.js$|^<stdin>$/.test(file))).toEqual([])
    expect(text).not.toMatch(/\bimport\b|\brequire\b|node:|\bzod\b/)
  })

  it.each([
    ['resolveReasoning', 800],
    ['applyOverrides', 4400],
    ['createKVRegistry', 10_400],
  ])('of %s alone leaves the rest out', async (name, limit) => {
    expect((await bundleOf(name)).gzipBytes).toBeLessThanOrEqual(limit)
  })
})
