import { describe, expect, it } from 'vitest'
import { SOURCES } from '../../src/sources/sources.ts'
import { aaPages, aaRow, sourcePull, statement } from '../support/rows.ts'
import { modelsDevApi } from '../support/sources/models-dev-builders.ts'

const PAGES = { 'artificial-analysis': aaPages([aaRow()]), 'models.dev': [{ openai: modelsDevApi() }] }

describe('SOURCES', () => {
  it.each(Object.entries(SOURCES))('lists %s under its name, with its terms', (name, source) => {
    expect(source.name).toBe(name)
    expect(URL.canParse(source.url)).toBe(true)
    expect(source.licence).not.toBe('')
  })

  it.each(Object.values(SOURCES))('reads a recorded pull of $name as statements of its own', ({ name, read }) => {
    const pull = read(PAGES[name])
    expect(pull).toMatchObject({ ok: true, value: { source: name, statements: [{ source: name }] } })
    expect(read([])).toMatchObject({ ok: false, failure: { code: 'source-failed' } })
  })
})

describe('pull() of models.dev', () => {
  const { pull } = SOURCES['models.dev']
  const settings = { url: 'https://models.example/api.json' }
  const body = JSON.stringify({ openai: modelsDevApi(), unheard: modelsDevApi() })

  it('keeps the part that is read, with the ETag for the next time', async () => {
    const fetched = await pull(settings, undefined, async () => new Response(body, { headers: { etag: '"x"' } }))
    expect(fetched).toMatchObject({ ok: true, value: { pages: [{ openai: modelsDevApi() }], etag: '"x"' } })
    expect(JSON.stringify(fetched)).not.toContain('unheard')
  })

  it('is unchanged where the ETag still holds', async () => {
    const fetched = await pull(settings, { etag: '"x"' }, async () => new Response(null, { status: 304 }))
    expect(fetched).toEqual({ ok: true, value: 'unchanged' })
  })

  it('fails on a catalogue that cannot be read', async () => {
    const fetched = await pull(settings, undefined, async () => new Response('{}'))
    expect(fetched).toMatchObject({ ok: false, failure: { reason: 'invalid' } })
  })
})

describe('pull() of Artificial Analysis', () => {
  it('asks nothing without a key', async () => {
    const { pull, url } = SOURCES['artificial-analysis']
    const fetched = await pull({ url }, undefined, () => Promise.reject(new Error('asked')))
    expect(fetched).toMatchObject({ ok: false, failure: { reason: 'unauthorized' } })
  })
})

describe('guard() of models.dev', () => {
  const { guard } = SOURCES['models.dev']
  const many = (count: number) =>
    sourcePull(Array.from({ length: count }, (_, index) => statement({ value: `m${index}` })))

  it.each([
    [10, 8, []],
    [10, 7, ['3 of 10 models are gone']],
    [0, 0, []],
  ])('of %i models with %i left: %j', (before, after, losses) => {
    expect(guard(many(before), many(after))).toEqual(losses)
  })
})
