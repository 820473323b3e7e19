import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { Listed } from '../../../src/core/search/columns/listed.ts'
import { listedColumnsOf } from '../../../src/core/search/columns/listed-models.ts'
import { findFamilies } from '../../../src/views/pages/list/find-families.ts'
import type { ListQuery } from '../../../src/views/pages/list/list-query.ts'
import { model, provider } from '../../support/rows.ts'

type ListHtml = typeof import('../../../src/browser/list-html.tsx').listHtml

const SOURCE = fileURLToPath(new URL('../../../src/browser/', import.meta.url))

async function load(alias: Record<string, string>): Promise<ListHtml> {
  const options = { bundle: true, format: 'esm', platform: 'node', write: false, jsx: 'automatic' } as const
  const entryPoints = [`${SOURCE}list-html.tsx`]
  const { outputFiles } = await build({ ...options, entryPoints, alias, jsxImportSource: 'hono/jsx' })
  return (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`)).listHtml
}

const HOSTILE = `"><script>alert('1')</script>&amp; <b>`
const models = [
  model({ value: 'one', name: HOSTILE, family: 'acme/one', iq: 3, speed: 0, pricing: { input: 0, output: 0.075 } }),
  model({ value: 'one-host', provider: 'host', family: 'acme/one', billing: 'free', status: 'preview' }),
  model({ value: HOSTILE, family: 'acme/two', openWeights: true, capabilities: { vision: true } }),
]
const listed = new Listed(listedColumnsOf({ models, providers: [provider({ name: HOSTILE })] }))
const QUERIES: ListQuery[] = [{}, { q: 'nothing like it' }, { sort: 'name' }, { col: ['weights', 'type', 'arena'] }]

describe('the renderer of the script', () => {
  let theirs: ListHtml
  let ours: ListHtml

  beforeAll(async () => {
    theirs = await load({})
    ours = await load({ 'hono/jsx': `${SOURCE}jsx.ts`, 'hono/jsx/jsx-runtime': `${SOURCE}jsx.ts` })
  })

  it.each(QUERIES)('renders the list for %o like the server', (query) => {
    const found = findFamilies(listed, query, '-iq')
    const props = { found, query, usualSort: '-iq', providerNames: listed.providerNames }
    for (const asked of [undefined, { by: 'at', text: HOSTILE } as const])
      expect(ours(props, asked)).toBe(theirs(props, asked))
  })

  it('escapes names', () => {
    const found = findFamilies(listed, {}, '-iq')
    const html = ours({ found, query: {}, usualSort: '-iq', providerNames: listed.providerNames }, undefined)
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
  })
})
