import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lastPullsOf, readSample } from '../../../scripts/sample/sample-pulls.ts'
import { type SampleServer, startSampleServer } from '../../../scripts/sample/sample-server.ts'
import { sourceNamed } from '../../../src/sources/sources.ts'

describe('startSampleServer()', () => {
  let sample: SampleServer
  beforeAll(async () => {
    sample = await startSampleServer()
  })
  afterAll(() => sample.close())

  const pull = (source: 'models.dev' | 'epoch', etag?: string) => {
    const url = source === 'epoch' ? sample.epochUrl : sample.modelsDevUrl
    return sourceNamed(source).pull({ url }, { ...(etag !== undefined && { etag }) }, fetch)
  }

  it('refuses to serve until it is opened', async () => {
    const early = await fetch(sample.modelsDevUrl)
    expect(early.status).toBe(503)
    expect(early.headers.get('retry-after')).toBe('1')
    expect(await pull('epoch')).toMatchObject({ ok: false, failure: { reason: 'unavailable' } })
    sample.open()
    expect((await fetch(sample.modelsDevUrl)).status).toBe(200)
  })

  it.each(['models.dev', 'epoch'] as const)(
    'serves the last state of %s, and not again to a client that has it',
    async (source) => {
      const pulled = await pull(source)
      if (!pulled.ok || pulled.value === 'unchanged') throw new Error('no pull')
      expect(pulled.value.pages).toEqual(lastPullsOf(readSample()).find((last) => last.source === source)?.pages)
      expect(await pull(source, pulled.value.etag)).toEqual({ ok: true, value: 'unchanged' })
    },
  )

  it('serves nothing else', async () => {
    expect((await fetch(new URL('/other', sample.epochUrl))).status).toBe(404)
  })
})
