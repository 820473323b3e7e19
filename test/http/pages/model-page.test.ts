import { reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { HOSTILE, listedRegistry } from '../../support/http/listed-registry.ts'
import { configureObject, testApp } from '../../support/http/registry-app.ts'

const PATH = '/models/anthropic/claude-sonnet-5'

let app = testApp()
let first = ''

beforeAll(async () => {
  const registry = await listedRegistry()
  app = registry.app
  first = registry.first
})

async function htmlOf(path: string): Promise<string> {
  const response = await app.get(path)
  expect(response.status, path).toBe(200)
  return response.text()
}

const textOf = async (path: string) =>
  (await htmlOf(path))
    .replace(/<span class="cents">/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('/models/:provider/:value', () => {
  it('reads the provenance of its facts once a day, however many costs are computed', async () => {
    const explained = vi.fn()
    const registry = {
      getByName: (name: string) =>
        new Proxy(env.REGISTRY_DO.getByName(name), {
          get: (stub, method) => {
            if (method === 'modelRecord') explained()
            return Reflect.get(stub, method)
          },
        }),
    }
    const counted = testApp({}, { REGISTRY_DO: registry })
    for (const input of [1, 2, 3]) expect((await counted.get(`${PATH}?input=${input}`)).status).toBe(200)
    expect(explained).toHaveBeenCalledTimes(1)
  })

  it('shows what the model is, what it costs, and who offers it cheaper', async () => {
    const text = await textOf(PATH)
    expect(text).toContain('Claude Sonnet 5 is a model by anthropic')
    expect(text).toMatch(/Standard \$3\.00 \$15\.00/)
    expect(text).toMatch(/acme anthropic\/claude-sonnet-5 \$2\.00 \$10\.00 \$4\.00 −33 %/)
  })

  it('draws changes over time as a step line, with the numbers and times', async () => {
    const html = await htmlOf(PATH)
    expect(html).toMatch(/<svg[^>]*aria-label="Input price: from \$4\.00 on 1 Mar 2026 to \$3\.00 on 3 Mar 2026/)
    expect(await textOf(PATH)).toMatch(/Input price: \$4\.00 → to \$3\.00/)
  })

  it('names the source of each fact, for the current version only', async () => {
    expect(await textOf(PATH)).toMatch(/Context window 1M tokens 1 Mar 2026 models\.dev/)
    const past = await textOf(`${PATH}?at=2026-03-02`)
    expect(past).not.toContain('and their sources')
    expect(past).toMatch(/Standard \$4\.00 \$20\.00/)
  })

  it('prices a typical request without a script', async () => {
    expect(await textOf(`${PATH}?input=1000000&output=100000&requests=2`)).toContain('$9.00 for 2 requests, $4.50 each')
    expect(await textOf(`${PATH}?input=1000&cached=500`)).toContain('Unknown:')
    expect((await app.get(`${PATH}?input=-1`)).status).toBe(400)
  })

  it('shows how to call it, filled in', async () => {
    const html = await htmlOf('/models/acme/own/model')
    expect(html).toContain('https://api.acme.test/v1/chat/completions')
    expect(html).toContain('$ACME_KEY')
  })

  it('redirects from another id to its canonical URL, with the query', async () => {
    const response = await app.get(`/models/anthropic/claude-haiku-5?version=${first}`)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe(`/models/anthropic/claude-haiku-5-20260101?version=${first}`)
  })

  it('suggests the nearest model for one that does not exist', async () => {
    const response = await app.get('/models/anthropic/claude-sonet-5')
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('<a href="/models/anthropic/claude-sonnet-5">Did you mean')
  })

  it('escapes names, ids and URLs', async () => {
    const html = await htmlOf('/models/openai/gpt-7')
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(await htmlOf('/models/acme/own/model')).not.toContain('javascript:')
    const missing = await app.get(`/models/openai/${encodeURIComponent(HOSTILE)}`)
    expect(missing.status).toBe(404)
    expect(await missing.text()).not.toContain('<script>alert')
  })
})

describe('an empty registry', () => {
  beforeAll(async () => {
    await reset()
    await configureObject({ MODELS_DEV_URL: '' })
  })
  afterAll(() => reset())

  it('reports it on every page, with when to retry', async () => {
    for (const path of ['/', PATH]) {
      const response = await testApp().get(path)
      expect(response.status).toBe(503)
      expect(response.headers.get('retry-after')).toBe('30')
      expect(await response.text()).toContain('<h1>The registry is empty</h1>')
    }
  })
})
