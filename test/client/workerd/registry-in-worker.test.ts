import { afterEach, describe, expect, it, vi } from 'vitest'
import { createRegistry } from '../../../src/client/index.ts'
import { answerOf } from '../../support/client/fake-answers.ts'
import { catalogue, type Published, published } from '../../support/client/published-versions.ts'

const ROW = published(catalogue())

afterEach(() => vi.restoreAllMocks())

/** A registry with one version. */
function fetchFrom({ info, parts, ...row }: Published) {
  return vi.fn(async (text: string) => {
    const url = new URL(text)
    if (url.pathname === '/v1/versions') return Response.json([info])
    const part = parts.get(url.pathname.slice('/v1/parts/'.length))
    const answer = part ?? answerOf({ info, parts, ...row }, url)
    const headers = { 'x-registry-version': row.manifest.version }
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { headers })
  })
}

describe('createRegistry() in a Worker', () => {
  it.each([
    ['single models', {}, 2],
    ['parts of some providers', { providers: ['acme'] }, 4],
  ])('reads %s, keeps them in memory only, and sets no timer', async (_, options, requests) => {
    const timer = vi.spyOn(globalThis, 'setInterval')
    const put = vi.spyOn(Cache.prototype, 'put')
    const fetch = fetchFrom(ROW)
    const registry = createRegistry({ baseUrl: 'https://registry.test', fetch, ...options })
    for (const cached of [false, true])
      expect(await registry.find('acme/acme-one')).toMatchObject({ data: ROW.manifest.models[0], cached })
    expect(fetch).toHaveBeenCalledTimes(requests)
    expect(timer).not.toHaveBeenCalled()
    expect(put).not.toHaveBeenCalled()
  })

  it('verifies parts by their digests, with WebCrypto', async () => {
    const fetch = fetchFrom({ ...ROW, text: ROW.text.replace('"acme-one"', '"acme-two"') })
    const registry = createRegistry({ baseUrl: 'https://registry.test', fetch })
    expect((await registry.getModels()).error?.name).toBe('DataError')
  })
})
