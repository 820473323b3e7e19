import { describe, expect, it } from 'vitest'
import { MODELS_DEV } from '../../src/sources/models-dev/models-dev.ts'
import { readModelsDev } from '../../src/sources/models-dev/read-body.ts'
import { SOURCES, sourceNamed } from '../../src/sources/sources.ts'
import { aaPages, aaRow } from '../support/rows.ts'
import { arenaPage, eciCsv } from '../support/sources/boards.ts'
import { modelsDevBody, modelsDevRow } from '../support/sources/models-dev-rows.ts'

const PAGES = {
  'artificial-analysis': aaPages([aaRow()]),
  'models.dev': [modelsDevBody()],
  epoch: [eciCsv([{ name: 'GPT-9', eci: 150 }])],
  arena: [arenaPage([{ name: 'gpt-9', rating: 1400 }])],
}
const BOARDS = ['epoch', 'arena']

describe('SOURCES', () => {
  it.each(SOURCES)('finds $name by its name', (source) => {
    expect(sourceNamed(source.name)).toBe(source)
    expect(URL.canParse(source.url)).toBe(true)
    expect(URL.canParse(source.attribution.url)).toBe(true)
  })

  it.each(SOURCES)('reads the shares of a pull of $name as its statements', ({ name, split, read }) => {
    const result = split(PAGES[name])
    const shares = result.ok ? [...result.value.shares.values()] : []
    expect(shares).toHaveLength(1)
    const isBoard = BOARDS.includes(name)
    expect(read(shares[0], {})).toMatchObject({
      ...(isBoard && { scores: [{ source: name }] }),
      providers: isBoard ? [] : [{ source: name }],
      models: isBoard ? [] : [{ source: name }],
      unread: [],
      rejected: [],
    })
  })

  it.each(SOURCES)('refuses to split what is not a pull of $name', ({ split }) => {
    for (const pages of [[], [null], ['text'], [{}], [[]], [{}, {}]])
      expect(split(pages)).toMatchObject({ ok: false, failure: { code: 'source-failed' } })
  })
})

describe('pull() of models.dev', () => {
  const settings = { url: 'https://models.example/api.json' }
  const text = JSON.stringify(modelsDevBody())

  it('returns the body as one page, with its ETag', async () => {
    const fetched = await MODELS_DEV.pull(settings, {}, async () => new Response(text, { headers: { etag: '"x"' } }))
    expect(fetched).toEqual({ ok: true, value: { pages: [modelsDevBody()], etag: '"x"' } })
  })

  it('returns "unchanged" if the ETag still matches', async () => {
    const asked: Headers[] = []
    const fetched = await MODELS_DEV.pull(settings, { etag: '"x"' }, async (_, { headers }) => {
      asked.push(new Headers(headers))
      return new Response(null, { status: 304 })
    })
    expect(fetched).toEqual({ ok: true, value: 'unchanged' })
    expect(asked.map((headers) => headers.get('if-none-match'))).toEqual(['"x"'])
  })
})

describe('split() of models.dev', () => {
  it('creates a share for each provider, which names it', () => {
    const body = { ...modelsDevBody(), ...modelsDevBody([], { id: ' empty ', name: 'Empty' }) }
    const split = MODELS_DEV.split([body])
    expect(split.ok && [...split.value.shares.keys()]).toEqual(['acme', 'empty'])
    expect(split.ok && split.value.shares.get('empty')).toMatchObject({ id: 'empty', name: 'Empty', models: {} })
  })

  it('and read() state the same as the whole body', () => {
    const body = {
      ...modelsDevBody([modelsDevRow(), modelsDevRow({ id: 'acme-2', cost: { input: -1 } })]),
      ...modelsDevBody([modelsDevRow({ id: 'org/acme-1' }), modelsDevRow({ id: '..' })], { id: 'host' }),
      ...modelsDevBody([], { id: 'empty' }),
    }
    const split = MODELS_DEV.split([body])
    const readings = split.ok ? [...split.value.shares.values()].map((share) => MODELS_DEV.read(share, {})) : []
    const whole = readModelsDev(body)
    expect(whole.ok && whole.value).toEqual({
      providers: readings.flatMap(({ providers }) => providers),
      models: readings.flatMap(({ models }) => models),
      scores: [],
      rejected: readings.flatMap(({ rejected }) => rejected),
      unread: readings.flatMap(({ unread }) => unread),
    })
    expect(readings.map(({ models, rejected }) => [models.length, rejected.length])).toEqual([
      [2, 0],
      [1, 1],
      [0, 0],
    ])
  })

  it('fails on a body without a row', () => {
    expect(MODELS_DEV.split([{}])).toMatchObject({ ok: false, failure: { reason: 'invalid' } })
  })
})

describe('pull() of Artificial Analysis', () => {
  it('sends no request without a key', async () => {
    const { pull, url } = sourceNamed('artificial-analysis')
    const fetched = await pull({ url }, {}, () => Promise.reject(new Error('asked')))
    expect(fetched).toMatchObject({ ok: false, failure: { reason: 'unauthorized' } })
  })
})
