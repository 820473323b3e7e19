/** The published declarations, compiled in an app without zod and without runtime types except those it names. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, inject, it } from 'vitest'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const APP = `
import { applyOverrides, costOf, createKVRegistry, createRegistry, type Model, type Reply, resolveReasoning } from '@rttnd/llm'

const registry = createRegistry({ baseUrl: 'https://registry.test', onUpdate: (manifest, diff) => void [manifest.models, diff?.summary] })
export async function cheapest(): Promise<number | undefined> {
  const { data, error } = await registry.searchModels({ capability: ['vision'], sort: 'price', limit: 1 })
  if (error) throw error
  const { models } = applyOverrides({ providers: [], models: data }, [{ provider: 'a', value: 'b', hidden: true }])
  const cost = models[0] && costOf(models[0], { input_tokens: 1000, output_tokens: 10 }, { at: new Date() })
  return cost?.ok ? cost.value.usd : undefined
}
export async function idOfBest(): Promise<string | undefined> {
  const { data: [best] = [] } = await registry.searchModels({ collapse: 'family', openWeights: true, sort: '-iq' })
  return best && resolveReasoning(best, best.variants[0]?.effort ?? 'high')?.model
}
export const read = (kv: Parameters<typeof createKVRegistry>[0]['kv']): Promise<Reply<Model[]>> => createKVRegistry({ kv }).getModels()
export const sent = ({ pricing, sdk, reasoning }: Model) => {
  const headers: { readonly [name: string]: string } | undefined = pricing?.modes?.fast?.request?.headers
  const field: string | undefined = typeof sdk?.interleaved === 'object' ? sdk.interleaved.field : undefined
  return { headers, field, above: pricing?.tiers?.[0]?.above, factor: pricing?.windows?.[0]?.factor, max: reasoning?.budget?.max }
}
// @ts-expect-error: models that are read are shared, so they are read-only
export const rename = (model: Model) => { model.name = 'x' }
// @ts-expect-error: the types are not any
export const wrong: number = registry
`
const WITH_RUNTIME = `${APP}
createRegistry({ baseUrl: '', fetch, headers: async () => ({ authorization: 'x' }), fetchOptions: { redirect: 'error' } })
createRegistry({ baseUrl: '', fetch: (url, init) => fetch(url, { ...init, keepalive: true }) })
registry.getModels({ signal: new AbortController().signal })
`
const WITH_UNDEFINED = `${APP}
declare const maybe: { text?: string; count?: number } | undefined
createRegistry({
  baseUrl: '', cache: undefined, autoRefreshInterval: maybe?.count, fetch: undefined, fetchOptions: undefined, headers: undefined,
  timeout: maybe?.count, retry: maybe?.count, onUpdate: undefined, onError: undefined, version: maybe?.text,
})
registry.getModels({ forceRefresh: undefined, signal: undefined })
registry.searchModels({ name: maybe?.text, provider: maybe?.text, status: undefined, capability: undefined, minIq: maybe?.count, sort: undefined })
registry.costOf('a', {}, { at: maybe?.text, mode: undefined, signal: undefined })
registry.checkForUpdates({ signal: undefined })
registry.getVersions({ limit: maybe?.count, before: maybe?.count })
registry.getDiff('a', maybe?.text, { only: undefined, provider: undefined, rescale: undefined })
registry.getModelHistory('a', 'b', { limit: maybe?.count, only: undefined })
export const dollars = (model: Model) => costOf(model, { inputTokens: 1, outputTokens: maybe?.count }, { at: maybe?.text, mode: maybe?.text, assumeInputPriceForCache: undefined })
export const other = (kv: Parameters<typeof createKVRegistry>[0]['kv']) => createKVRegistry({ kv, manifestKey: maybe?.text })
`
const NODE_TYPES = { typeRoots: [join(PROJECT, 'node_modules/@types')], types: ['node'] }

/** A folder for this file only. The app's package is found in the parent folder. */
const folder = mkdtempSync(join(inject('app'), 'compiled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The compiler's errors. */
function compile(source: string, options: object): string {
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2022', types: [], ...options }
  writeFileSync(join(folder, 'app.ts'), source)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['app.ts'] }))
  try {
    return execFileSync(process.execPath, [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    })
  } catch (error) {
    return String(Object(error).stdout)
  }
}

describe('the declarations', () => {
  it.each([
    ['no runtime at all', APP, { module: 'nodenext', lib: ['es2022'] }],
    [
      'a browser, by a bundler',
      WITH_RUNTIME,
      { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] },
    ],
    ['Node', WITH_RUNTIME, { module: 'nodenext', lib: ['es2022'], ...NODE_TYPES }],
    [
      'exact optional properties',
      WITH_UNDEFINED,
      { module: 'nodenext', lib: ['es2022'], exactOptionalPropertyTypes: true },
    ],
  ])('compile in an app typed for %s', (_, source, options) => {
    expect(compile(source, options)).toBe('')
  })

  it('have the types of the schemas, made read-only', () => {
    const schema = join(PROJECT, 'src/core/schema')
    const names = {
      pricing: ['Prices', 'PriceTier', 'PriceWindow', 'PriceMode', 'Pricing'],
      model: [
        'Provider',
        'ProviderApi',
        'Capabilities',
        'Metrics',
        'Sdk',
        'ReasoningOptions',
        'Modalities',
        'Model',
      ].concat(...['ModelKey', 'Catalogue']),
      period: ['PricePeriod'],
      history: [
        'CatalogueDiff',
        'Attribution',
        'VersionId',
        'Manifest',
        'VersionInfo',
        'Change',
        'ChangeCounts',
      ].concat(...['Diff', 'ModelHistory']),
    }
    const same = (file: string, name: string) =>
      `export const same${name}: Same<Plain<published.${name}>, Plain<${file}.${name}>> = true`
    const source = `
import type * as published from '@rttnd/llm'
import type * as pricing from '${schema}/pricing.ts'
import type * as model from '${schema}/model.ts'
import type * as history from '${schema}/history.ts'
import type * as period from '${schema}/price-period.ts'
type Plain<T> = T extends object ? { -readonly [K in keyof T]: K extends 'body' ? 'any JSON object' : Plain<T[K]> } : T
export const withBody = (mode: pricing.PriceMode): published.PriceMode => mode
// @ts-expect-error: a function is not JSON
export const withoutJson: published.PriceMode = { request: { body: { a: () => 1 } } }
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
${Object.entries(names)
  .flatMap(([file, group]) => group.map((name) => same(file, name)))
  .join('\n')}
`
    const options = { module: 'nodenext', lib: ['es2022'], allowImportingTsExtensions: true, skipLibCheck: true }
    expect(compile(source, options)).toBe('')
  })

  it('need no other packages', () => {
    const dist = join(inject('app'), 'node_modules/@rttnd/llm/dist')
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|d\.ts)$/.test(name))
    const imports = files.flatMap((file) =>
      Array.from(
        readFileSync(join(dist, file), 'utf8').matchAll(/\b(?:from |import |import\()['"]([^'"]+)['"]/g),
        ([, target]) => target,
      ),
    )
    expect(imports.length).toBeGreaterThan(20)
    expect(imports.filter((target) => !/^(\.\/|(\.\.\/)+)[\w/-]+\.js$/.test(target ?? ''))).toEqual([])
  })
})
