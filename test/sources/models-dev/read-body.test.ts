import { describe, expect, it } from 'vitest'
import { readModelsDev } from '../../../src/sources/models-dev/read-body.ts'
import { modelsDevBody, modelsDevRow, readBody } from '../../support/sources/models-dev-rows.ts'

const failureOf = (body: unknown): string => {
  const result = readModelsDev(body)
  if (result.ok) throw new Error('Cannot find a failure: the body was read')
  return result.failure.detail
}

describe('readModelsDev()', () => {
  it('states every provider and row', () => {
    const docs = 'https://acme.example/models'
    const body = {
      ...modelsDevBody(undefined, { api: 'https://api.acme.example/v1', doc: docs }),
      ...modelsDevBody([modelsDevRow({ id: 'acme/acme-1' })], { id: 'host', name: 'Host', npm: null, env: [] }),
    }
    const { providers, models, rejected, unread } = readBody(body)
    const api = { baseUrl: 'https://api.acme.example/v1', npm: '@ai-sdk/acme', env: ['ACME_KEY'], docs }
    expect(providers).toEqual([
      { source: 'models.dev', provider: 'acme', name: 'Acme', facts: { api } },
      { source: 'models.dev', provider: 'host', name: 'Host', facts: {} },
    ])
    expect(models.map(({ id, value, provider, name }) => [id, value, provider, name])).toEqual([
      ['models.dev:acme/acme-1', 'acme-1', 'acme', 'Acme 1'],
      ['models.dev:host/acme/acme-1', 'acme/acme-1', 'host', 'Acme 1'],
    ])
    expect([rejected, unread]).toEqual([[], []])
  })

  it.each([
    ['an array', [], 'it is not an object of providers'],
    ['null', null, 'it is not an object of providers'],
    ['an error', { error: 'overloaded' }, 'provider "error" is not an object with models'],
    ['a provider without models', { acme: { id: 'acme' } }, 'provider "acme" is not an object with models'],
    ['models in an array', { acme: { models: [] } }, 'provider "acme" is not an object with models'],
    [
      'a provider under another id',
      { acme: { id: 'other', models: {} } },
      'provider "acme" is listed under another id',
    ],
    ['a provider whose id has a slash', { 'a/b': { models: {} } }, 'provider "a/b" has a slash in its id'],
    ['no row', { acme: { models: {} } }, 'it has no rows'],
  ])('fails on %s', (_, body, detail) => {
    expect(failureOf(body)).toBe(`Cannot read models.dev: ${detail}`)
  })

  it('fails on __proto__ as a provider', () => {
    expect(failureOf(JSON.parse('{"__proto__":{"models":{}}}'))).toContain('has an id that a URL cannot contain')
  })

  it('fails on more rows or providers than the platform can store', () => {
    const rows = Array.from({ length: 30_001 }, (_, index) => [`m${index}`, {}])
    expect(failureOf({ acme: { models: Object.fromEntries(rows) } })).toContain('it has more than 30000 rows')
    const providers = Array.from({ length: 2001 }, (_, index) => [`p${index}`, { models: {} }])
    expect(failureOf(Object.fromEntries(providers))).toContain('it has more than 2000 providers')
  })

  it('rejects rows without a usable id, names the reasons, and keeps the rest', () => {
    const models = {
      'acme-1': modelsDevRow(),
      'acme-2': modelsDevRow({ id: 'other' }),
      'acme-3': 'a text',
      '..': modelsDevRow({ id: '..' }),
      'a\u0007b': modelsDevRow({ id: 'a\u0007b' }),
      ['x'.repeat(301)]: modelsDevRow({ id: undefined }),
      'acme-1 ': modelsDevRow({ id: 'acme-1 ' }),
    }
    const { models: kept, rejected } = readBody(modelsDevBody([], { models }))
    expect(kept.map(({ value }) => value)).toEqual(['acme-1'])
    const unusable = 'has an id that is empty, too long or contains control characters'
    expect(rejected).toEqual([
      { provider: 'acme', id: 'acme-2', reason: 'is listed under another id' },
      { provider: 'acme', id: 'acme-3', reason: 'is not an object' },
      { provider: 'acme', id: '..', reason: 'has an id that a URL cannot contain' },
      { provider: 'acme', id: 'a?b', reason: unusable },
      { provider: 'acme', id: 'x'.repeat(120), reason: unusable },
      { provider: 'acme', id: 'acme-1 ', reason: 'has the same id as another row, except for spaces' },
    ])
  })

  it('reads an id without the spaces around it', () => {
    const { models } = readBody(modelsDevBody([modelsDevRow({ id: 'acme-1 ' })]))
    expect(models[0]).toMatchObject({
      id: 'models.dev:acme/acme-1',
      value: 'acme-1',
      facts: { sdk: { model: 'acme-1' } },
    })
  })

  it('rejects a row that is much larger than any real one', () => {
    const modes = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`mode-${index}`, { provider: { body: { text: 'x'.repeat(1900) } } }]),
    )
    const { rejected } = readBody(modelsDevBody([modelsDevRow(), modelsDevRow({ id: 'big', experimental: { modes } })]))
    expect(rejected).toEqual([{ provider: 'acme', id: 'big', reason: 'takes more than 20000 bytes' }])
  })

  it('names a provider by its id, and counts its unreadable values', () => {
    const provider = { name: 7, api: 'javascript:alert(1)', doc: 'ftp://acme.example', env: ['KEY', 5], npm: '' }
    const { providers, unread } = readBody(modelsDevBody(undefined, provider))
    expect(providers).toEqual([
      { source: 'models.dev', provider: 'acme', name: 'acme', facts: { api: { env: ['KEY'] } } },
    ])
    expect(unread).toEqual([
      { field: 'provider name', count: 1, example: 'acme: 7' },
      { field: 'provider api', count: 1, example: 'acme: "javascript:alert(1)"' },
      { field: 'provider npm', count: 1, example: 'acme: ""' },
      { field: 'provider env', count: 1, example: 'acme: 5' },
      { field: 'provider doc', count: 1, example: 'acme: "ftp://acme.example"' },
    ])
  })

  it('counts values of one field with one truncated example', () => {
    const rows = ['a', 'b', 'c'].map((id) => modelsDevRow({ id, family: `\u0007\ud800${id.repeat(4_000_000)}` }))
    const { unread } = readBody(modelsDevBody(rows))
    expect(unread).toMatchObject([{ field: 'family', count: 3 }])
    expect(unread[0]?.example).toMatch(/^acme\/a: "\\u0007/)
    expect(unread[0]?.example.length).toBeLessThan(300)
  })

  it('does not overflow the stack on endless nesting', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    const { models, unread } = readBody(
      modelsDevBody([
        modelsDevRow({
          name: deep,
          unknown: deep,
          experimental: { modes: { fast: { provider: { body: { deep } } } } },
        }),
      ]),
    )
    expect(models).toHaveLength(1)
    expect(unread.map(({ example }) => example)).toEqual(Array(2).fill('acme/acme-1: nested too deeply'))
  })
})
