import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ORIGIN, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const Parameter = z.object({
  name: z.string().min(1),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: z.looseObject({}),
})
const Content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.object({ schema: z.looseObject({}) }))
const Operation = z.object({
  summary: z.string().min(1),
  tags: z.array(z.string()).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(Parameter).default([]),
  requestBody: z.looseObject({ content: Content, required: z.boolean().optional() }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.object({ description: z.string().min(1), content: Content.optional() }),
  ),
})
const Document = z.object({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  servers: z.array(z.object({ url: z.string() })).optional(),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'put', 'post', 'delete']), Operation)),
  components: z.object({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), z.looseObject({})),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.literal('http'), scheme: z.literal('bearer') })),
  }),
})
type Document = z.infer<typeof Document>
type Operation = z.infer<typeof Operation>

const app = testApp()
let json: unknown
let document: Document

beforeAll(async () => {
  json = await (await app.get('/openapi.json')).json()
  document = Document.parse(json)
})

const operations = (): { path: string; method: string; operation: Operation }[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
const parametersOf = (path: string, method: 'get' | 'post' = 'get') => document.paths[path]?.[method]?.parameters ?? []
const schemaOf = (path: string, name: string) =>
  parametersOf(path).find((parameter) => parameter.name === name)?.schema ?? {}

/** Every value under this key, anywhere in the document except in examples. */
function valuesOf(key: string, node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return []
  const schema = Object.entries(node).filter(([name]) => name !== 'example')
  return schema.flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(key, value)])
}

describe('GET /openapi.json', () => {
  it('is an OpenAPI 3.1 document, as JSON', async () => {
    const response = await app.get('/openapi.json')
    expect(response.headers.get('content-type')).toMatch(/^application\/json\b/)
    expect(document.openapi).toMatch(/^3\.1\./)
  })

  it.each<[method: 'get' | 'post', path: string]>([
    ['get', '/v1/manifest'],
    ['get', '/v1/providers'],
    ['get', '/v1/providers/{provider}'],
    ['get', '/v1/providers/{provider}/models'],
    ['get', '/v1/models'],
    ['get', '/v1/models/search'],
    ['get', '/v1/models/{provider}/{value}'],
    ['get', '/v1/version'],
    ['get', '/v1/parts'],
    ['get', '/v1/parts/{digest}'],
    ['get', '/v1/attribution'],
    ['get', '/v1/versions'],
    ['get', '/v1/versions/{version}'],
    ['get', '/v1/models/{provider}/{value}/history'],
    ['get', '/v1/models/{provider}/{value}/offers'],
    ['get', '/v1/diff'],
    ['get', '/v1/status'],
    ['get', '/health'],
    ['get', '/openapi.json'],
    ['get', '/docs'],
    ['post', '/v1/admin/refresh'],
    ['post', '/v1/admin/pulls'],
    ['get', '/v1/admin/pulls'],
    ['get', '/v1/admin/pulls/{id}'],
    ['get', '/v1/admin/pulls/{id}/payload'],
    ['post', '/v1/admin/pulls/{id}/accept'],
    ['post', '/v1/admin/pulls/{id}/reject'],
  ])('contains %s %s', (method, path) => {
    expect(document.paths[path]?.[method]).toBeDefined()
  })

  it('refers only to components that it contains, and contains no unused component', () => {
    const references = valuesOf('$ref', json).map(String)
    const names = references.map((reference) => /^#\/components\/schemas\/([\w.-]+)$/.exec(reference)?.[1])
    const held = new Set(Object.keys(document.components.schemas))
    expect(new Set(names)).toEqual(held)
    for (const name of ['Manifest', 'Model', 'Provider', 'Problem', 'Status', 'Outcome']) expect(held).toContain(name)
  })

  it('contains no traces of its generator', () => {
    for (const key of ['$defs', '$schema', '$id', 'id']) {
      const found = valuesOf(key, json).filter((value) => typeof value === 'string')
      expect(found, key).toEqual([])
    }
  })

  it('names the parameters of each path, and no others', () => {
    for (const { path, operation } of operations()) {
      const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path')
      expect(declared.map(({ name }) => name).toSorted(), path).toEqual(inPath.toSorted())
      for (const { required } of declared) expect(required).toBe(true)
      expect(path).not.toMatch(/[:*]/)
      const names = operation.parameters.map(({ name }) => name)
      expect(new Set(names).size, path).toBe(names.length)
    }
  })

  it.each([
    '/v1/manifest',
    '/v1/version',
    '/v1/providers',
    '/v1/providers/{provider}',
    '/v1/models/{provider}/{value}',
  ])('documents that %s accepts version and at', (path) => {
    const query = parametersOf(path).filter((parameter) => parameter.in === 'query')
    const own: Record<string, string> = { '/v1/manifest': 'provider', '/v1/models/{provider}/{value}': 'provenance' }
    const more = own[path] === undefined ? [] : [own[path]]
    expect(query.map(({ name }) => name).toSorted()).toEqual(['at', ...more, 'version'])
    for (const { required } of query) expect(required ?? false).toBe(false)
  })

  it.each(['/v1/models', '/v1/models/search'])('documents the parameters of a search: %s', (path) => {
    const names = parametersOf(path).map(({ name }) => name)
    expect(names.toSorted()).toEqual(
      [
        ['version', 'at', 'name', 'provider', 'status', 'capability', 'minIq', 'minSpeed', 'minContextWindow'],
        ['maxInputPrice', 'maxOutputPrice', 'releaseDateFrom', 'releaseDateTo', 'openWeights', 'collapse', 'sort'],
        ['limit', 'offset', 'q', 'model', 'lab', 'family', 'type', 'firstParty'],
      ]
        .flat()
        .toSorted(),
    )
    expect(schemaOf(path, 'minIq')).toMatchObject({ type: 'integer', minimum: 0, maximum: 5 })
    expect(schemaOf(path, 'limit')).toMatchObject({ type: 'integer', minimum: 1, maximum: 1000 })
    expect(schemaOf(path, 'offset')).toMatchObject({ type: 'integer', minimum: 0 })
    expect(schemaOf(path, 'maxInputPrice')).toMatchObject({ type: 'number', minimum: 0 })
    expect(schemaOf(path, 'status')).toMatchObject({
      type: 'array',
      items: { type: 'string', enum: ['active', 'preview', 'deprecated'] },
    })
    expect(schemaOf(path, 'openWeights')).toEqual({ type: 'boolean' })
    expect(schemaOf(path, 'collapse')).toEqual({ type: 'string', const: 'family' })
    const keys = ['iq', 'speed', 'price', 'contextWindow', 'releaseDate', 'name']
    const sorts = z.array(z.string()).parse(schemaOf(path, 'sort').enum)
    expect(sorts.toSorted()).toEqual([...keys, ...keys.map((key) => `-${key}`)].toSorted())
  })

  it('documents every response, and errors as problems', () => {
    for (const { path, method, operation } of operations()) {
      expect(operation.responses['200'], path).toBeDefined()
      expect(operation.responses['400'], path).toBeDefined()
      for (const [status, { content }] of Object.entries(operation.responses))
        if (Number(status) >= 400) expect(Object.keys(content ?? {}), path).toEqual(['application/problem+json'])
      const admin = path.startsWith('/v1/admin')
      if (admin) expect(operation.responses, `${method} ${path}`).toMatchObject({ 401: {}, 503: {} })
      if (admin) expect(operation.security).toEqual([{ token: [] }])
    }
    expect(document.paths['/v1/models/{provider}/{value}']?.get?.responses).toMatchObject({ 404: {}, 409: {}, 503: {} })
    expect(document.paths['/v1/admin/pulls']?.post?.responses).toMatchObject({ 409: {}, 413: {} })
    expect(document.paths['/v1/admin/refresh']?.post?.responses).toMatchObject({ 502: {} })
  })

  it('names only security schemes that it contains', () => {
    const schemes = Object.keys(document.components.securitySchemes)
    for (const { operation } of operations())
      for (const name of (operation.security ?? []).flatMap(Object.keys)) expect(schemes).toContain(name)
  })

  it('describes every field of a model with its unit', () => {
    const model = z
      .object({ properties: z.record(z.string(), z.looseObject({})), required: z.array(z.string()) })
      .parse(document.components.schemas.Model)
    expect(model.required.toSorted()).toEqual(['alias', 'family', 'id', 'name', 'provider', 'status', 'type', 'value'])
    const text = JSON.stringify(model.properties)
    for (const unit of ['USD per 1M', 'seconds', 'Tokens', 'YYYY-MM-DD']) expect(text).toContain(unit)
  })
})

describe('the models of a search', () => {
  it('are models that may have variants, which no other model has', () => {
    const { Model, FoundModel } = document.components.schemas
    const { properties, ...rest } = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).parse(FoundModel)
    const { variants, ...facts } = properties
    expect(facts).toEqual(Model?.properties)
    expect(rest.required).toEqual(Model?.required)
    const Variants = z.looseObject({ items: z.looseObject({ properties: z.looseObject({}), required: z.unknown() }) })
    const { items } = Variants.parse(variants)
    expect(Object.keys(items.properties).toSorted()).toEqual(['effort', 'iq', 'pricing', 'speed', 'value'])
    expect(items.required).toEqual(['value'])
    const ends = ['/v1/models', '/v1/models/search'].map((path) => document.paths[path]?.get?.responses['200']?.content)
    const list = { type: 'array', items: { $ref: '#/components/schemas/FoundModel' } }
    for (const content of ends) expect(content?.['application/json']?.schema).toEqual(list)
  })
})

describe('GET /docs', () => {
  const read = async (path: string): Promise<{ headers: Headers; text: string }> => {
    const response = await app.get(path)
    expect(response.status).toBe(200)
    return { headers: response.headers, text: await response.text() }
  }
  const attributes = (html: string, pattern: RegExp) => Array.from(html.matchAll(pattern), ([, url = '']) => url)

  it('is a page whose every part comes from this Worker', async () => {
    const { headers, text } = await read('/docs')
    expect(headers.get('content-type')).toMatch(/^text\/html\b/)
    const scripts = attributes(text, /<script[^>]*\bsrc="([^"]*)"/g)
    const styles = attributes(text, /<link[^>]*\brel="stylesheet"[^>]*\bhref="([^"]*)"/g)
    expect(scripts.length).toBeGreaterThan(0)
    for (const url of [...scripts, ...styles]) {
      expect(new URL(url, ORIGIN).origin).toBe(ORIGIN)
      const part = await read(url)
      expect(part.headers.get('content-type')).toMatch(/^text\/(javascript|css)\b/)
      expect(part.text.length).toBeGreaterThan(0)
    }
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/)
    expect(text).not.toMatch(/\son\w+="/)
  })

  it('may run only scripts from its own origin', async () => {
    const policy = (await read('/docs')).headers.get('content-security-policy') ?? ''
    const directives = new Map(policy.split(/;\s*/).map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
    expect(directives.get('default-src')).toEqual(["'none'"])
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('connect-src')).toEqual(["'self'"])
    expect(directives.get('frame-ancestors')).toEqual(["'none'"])
    expect(policy).not.toMatch(/https?:|unsafe-eval/)
  })

  it('serves the script that renders it, and links it to the document', async () => {
    const bundle = await read('/docs/swagger-ui-bundle.js')
    expect(bundle.headers.get('content-type')).toMatch(/^text\/javascript\b/)
    expect(bundle.text.length).toBeGreaterThan(100_000)
    const scripts = attributes((await read('/docs')).text, /<script[^>]*\bsrc="([^"]*)"/g)
    const texts = await Promise.all(scripts.map(async (url) => (await read(url)).text))
    expect(texts.some((text) => text.includes('/openapi.json') && text.includes('SwaggerUIBundle'))).toBe(true)
  })

  it('credits the sources that it has data from, and none before that', async () => {
    expect((await read('/docs')).text).not.toContain('Data:')
    const { pages } = recordedPull([aaRow()])
    const attribution = [{ name: 'Made up <b>&</b> "sons"', url: 'https://example.com/?a=1&b=2' }]
    await app.take({
      fetchedAt: '2025-03-01T02:00:00.000Z',
      pages: pages.map((page) => ({ ...page, stand_in_attribution: attribution })),
    })
    const { text } = await read('/docs')
    expect(text).toContain('Made up &lt;b&gt;&amp;&lt;/b&gt; &quot;sons&quot;')
    expect(text).toContain('href="https://example.com/?a=1&amp;b=2"')
  })
})
