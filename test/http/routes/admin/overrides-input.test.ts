import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { OVERRIDES, OverridesApp } from '../../../support/http/overrides-app.ts'
import { readProblem } from '../../../support/http/problem-body.ts'
import { historyApp, takeDays } from '../../../support/http/recorded-answers.ts'
import { BEARER, type TestApp } from '../../../support/http/registry-app.ts'
import { aaRow } from '../../../support/rows.ts'

let app: TestApp
let overrides: OverridesApp
const ONE = 'models/acme/one'

async function begin(): Promise<void> {
  app = historyApp()
  overrides = new OverridesApp(app)
  await takeDays(app, [aaRow({ slug: 'one' }), aaRow({ slug: 'two' })])
}
beforeAll(begin)
// An override that one test accepts by mistake must not affect the next.
beforeEach(({ onTestFailed }) => onTestFailed(begin))

const text = (method: string, path: string, body: string) =>
  app.send(method, OVERRIDES + path, { headers: BEARER, body })

/** The message of a 400 about this field, path or key. */
async function messageAbout(response: Response, field: string): Promise<string> {
  const { errors = [], detail } = await readProblem(response, 'invalid-request')
  expect(detail).toContain(errors[0]?.message)
  const named = errors.filter(
    (error) => error.field === field || error.message.includes(`"${field.split('.').at(-1)}"`),
  )
  expect(named.length, `${JSON.stringify(errors)} names ${field}`).toBeGreaterThan(0)
  return named.map(({ message }) => message).join()
}

const note = 'why'
/** [what is wrong, the body, the field that must be named] */
const OF_BOTH: [string, unknown, string][] = [
  ['no note', { hidden: true }, 'note'],
  ['an empty note', { note: '' }, 'note'],
  ['a blank note', { note: ' \n' }, 'note'],
  ['a note that is not text', { note: 1 }, 'note'],
  ['an endless note', { note: 'x'.repeat(100_000) }, 'note'],
  ['an unknown field', { note, force: true }, 'force'],
  ['an unknown fact', { set: { colour: 'red' }, note }, 'set.colour'],
  ['facts that are a list', { set: [], note }, 'set'],
  ['facts that are null', { set: null, note }, 'set'],
  ['a fact that is null', { set: { name: null }, note }, 'set.name'],
  ['an empty name', { set: { name: ' ' }, note }, 'set.name'],
  ['a name with control characters', { set: { name: 'a\u0000b' }, note }, 'set.name'],
  ['a name that is half a character', { set: { name: '\ud800' }, note }, 'set.name'],
  ['an unknown status', { set: { status: 'dead' }, note }, 'set.status'],
  ['another key', { set: { value: 'two' }, note }, 'set.value'],
  ['hidden as text', { hidden: 'true', note }, 'hidden'],
  ['hidden as null', { hidden: null, note }, 'hidden'],
  ['an unset that is not a list', { unset: 'iq', note }, 'unset'],
  ['an unset of an unknown fact', { unset: ['colour'], note }, 'unset.0'],
  ['an unset name', { unset: ['name'], note }, 'unset.0'],
]
const OF_MODEL: [string, unknown, string][] = [
  ['an unknown capability', { set: { capabilities: { flying: true } }, note }, 'set.capabilities.flying'],
  ['a capability that is text', { set: { capabilities: { text: 'yes' } }, note }, 'set.capabilities.text'],
  ['a score of 6', { set: { iq: 6 }, note }, 'set.iq'],
  ['a negative score', { set: { speed: -1 }, note }, 'set.speed'],
  ['a score between', { set: { iq: 2.5 }, note }, 'set.iq'],
  ['a negative price', { set: { pricing: { input: -1 } }, note }, 'set.pricing.input'],
  ['a price as text', { set: { pricing: { input: '1' } }, note }, 'set.pricing.input'],
  ['an unknown price', { set: { pricing: { image: 1 } }, note }, 'set.pricing.image'],
  ['an unknown metric', { set: { metrics: { gpqa: 1 } }, note }, 'set.metrics.gpqa'],
  ['half a token', { set: { metrics: { contextWindow: 0.5 } }, note }, 'set.metrics.contextWindow'],
  ['a day that does not exist', { set: { releaseDate: '2026-02-30' }, note }, 'set.releaseDate'],
  ['a cutoff in no month', { set: { knowledgeCutoff: '2026-13' }, note }, 'set.knowledgeCutoff'],
  ['an id to call with control characters', { set: { sdk: { model: 'a\nb' } }, note }, 'set.sdk.model'],
  ['an id to call that is half a character', { set: { sdk: { model: '\ud800' } }, note }, 'set.sdk.model'],
  ['a package that is half a character', { set: { sdk: { npm: '\ud800' } }, note }, 'set.sdk.npm'],
  ['an unknown modality', { set: { modalities: { input: ['smell'] } }, note }, 'set.modalities.input.0'],
  ['no modality', { set: { modalities: { input: [] } }, note }, 'set.modalities.input'],
  ['an id', { set: { id: 'mine' }, note }, 'set.id'],
  ['another provider', { set: { provider: 'globex' }, note }, 'set.provider'],
  ['a base that is text', { inheritFrom: 'acme/two', note }, 'inheritFrom'],
  ['a base without a value', { inheritFrom: { provider: 'acme' }, note }, 'inheritFrom.value'],
  ['a base with more', { inheritFrom: { provider: 'acme', value: 'two', id: 'x' }, note }, 'inheritFrom.id'],
  ['a base with control characters', { inheritFrom: { provider: 'acme', value: 'a\nb' }, note }, 'inheritFrom.value'],
  ['an unset inside a prototype', { unset: ['constructor.prototype'], note }, 'unset.0'],
  ['a fact that is set and unset', { set: { iq: 1 }, unset: ['iq'], note }, 'unset'],
  ['a price that is set and unset', { set: { pricing: { input: 1 } }, unset: ['pricing.input'], note }, 'unset'],
  ['a price that is set and prices unset', { set: { pricing: { input: 1 } }, unset: ['pricing'], note }, 'unset'],
]
const OF_PROVIDER: [string, unknown, string][] = [
  ['a website that is not an address', { set: { website: 'acme' }, note }, 'set.website'],
  ['a website that runs code', { set: { website: 'javascript:alert(1)' }, note }, 'set.website'],
  ['a key placeholder that is a number', { set: { keyPlaceholder: 1 }, note }, 'set.keyPlaceholder'],
  ['a key placeholder that is half a character', { set: { keyPlaceholder: '\ud800' }, note }, 'set.keyPlaceholder'],
  ['a base', { inheritFrom: { provider: 'globex', value: 'x' }, note }, 'inheritFrom'],
  ['facts of a model', { set: { iq: 1 }, note }, 'set.iq'],
  ['a website that is set and unset', { set: { website: 'https://a.example/' }, unset: ['website'], note }, 'unset'],
]
const MODELS = [...OF_BOTH, ...OF_MODEL]
const PROVIDERS = [...OF_BOTH, ...OF_PROVIDER]

describe('an invalid override is refused with the field and the reason, and changes nothing', () => {
  it.each(MODELS)('of a model: %s', (_what, body, field) =>
    overrides.expectUntouched(async () => messageAbout(await overrides.put(ONE, body), field)),
  )

  it.each(PROVIDERS)('of a provider: %s', (_what, body, field) =>
    overrides.expectUntouched(async () => messageAbout(await overrides.put('providers/acme', body), field)),
  )

  it.each(MODELS)('of a model in a list, after a good one: %s', (_what, body, field) =>
    overrides.expectUntouched(async () => {
      const good = { provider: 'acme', value: 'two', hidden: true, note }
      const bad = { provider: 'acme', value: 'one', ...Object(body) }
      await messageAbout(await overrides.post([good, bad]), `1.${field}`)
    }),
  )

  it.each(PROVIDERS)('of a provider in a list: %s', (_what, body, field) =>
    overrides.expectUntouched(async () => {
      const bad = { provider: 'acme', ...Object(body) }
      // Without `value` it overrides the provider; with another key it would override a model.
      await messageAbout(await overrides.post([bad]), `0.${field}`)
    }),
  )
})

describe('a body', () => {
  it.each(['', 'no', '{"note":', '{"note":"why"}}', '\ufeff{', '[1,]'])('that is not JSON is refused: %j', (body) =>
    overrides.expectUntouched(async () => {
      expect(await messageAbout(await text('PUT', `/${ONE}`, body), 'body')).toMatch(/JSON/)
      expect(await messageAbout(await text('POST', '', body), 'body')).toMatch(/JSON/)
    }),
  )

  it.each(['null', '[]', '"text"', '1', 'true'])('that is not an object is refused: %s', (body) =>
    overrides.expectUntouched(async () => messageAbout(await text('PUT', `/${ONE}`, body), 'body')),
  )

  it('that is not UTF-8 is refused', async () => {
    const body = new Uint8Array([0x7b, 0xff, 0x7d])
    const response = await app.send('PUT', `${OVERRIDES}/${ONE}`, { headers: BEARER, body })
    await messageAbout(response, 'body')
  })

  it.each([
    '{"note":"why","__proto__":{"hidden":true}}',
    '{"note":"why","set":{"__proto__":{"iq":5}}}',
    '{"note":"why","set":{"pricing":{"__proto__":{"input":1}}}}',
    '{"note":"why","inheritFrom":{"provider":"acme","value":"two","__proto__":{}}}',
    '{"note":"why","\\u005f_proto__":{"hidden":true}}',
  ])('with a prototype is refused: %s', (body) =>
    overrides.expectUntouched(async () => {
      await messageAbout(await text('PUT', `/${ONE}`, body), '__proto__')
      await messageAbout(await text('POST', '', `[${body}]`), '__proto__')
      expect({}).not.toHaveProperty('hidden')
    }),
  )

  it('with a price too large for a number is refused', () =>
    overrides.expectUntouched(async () => {
      const body = '{"note":"why","set":{"pricing":{"input":1e400}}}'
      await messageAbout(await text('PUT', `/${ONE}`, body), 'set.pricing.input')
    }))

  it('over a megabyte is too large, declared or not', () =>
    overrides.expectUntouched(async () => {
      const body = JSON.stringify({ note: 'x'.repeat(1_000_001) })
      await readProblem(await text('PUT', `/${ONE}`, body), 'too-large')
      await readProblem(await text('POST', '', body), 'too-large')
      const stream = new Response(body).body?.pipeThrough(new TransformStream())
      const response = await app.send('PUT', `${OVERRIDES}/${ONE}`, { headers: BEARER, body: stream })
      expect((await readProblem(response, 'too-large')).detail).toContain('1 MB')
    }))
})

describe('a list', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ provider: 'acme', value: `m${index}`, set: { name: 'M' }, note }))

  it.each<[string, unknown]>([
    ['of 1,001', items(1001)],
    ['of no overrides', []],
    ['that is not a list', { provider: 'acme', note }],
    ['that is null', null],
  ])('%s is refused', (_what, list) =>
    overrides.expectUntouched(async () => messageAbout(await overrides.post(list), 'body')),
  )

  it('that names a target twice is refused with its name', () =>
    overrides.expectUntouched(async () => {
      const [one, two] = items(2)
      const withdrawn = { provider: 'acme', value: 'm0', delete: true }
      const provider = { provider: 'acme', hidden: true, note }
      for (const list of [
        [one, two, one],
        [one, withdrawn],
        [provider, one, provider],
      ]) {
        const { detail } = await readProblem(await overrides.post(list), 'invalid-request')
        expect(detail).toMatch(/acme(\/m0)?/)
        expect(detail).toContain('twice')
      }
    }))

  it.each<[string, object, string]>([
    ['no provider', { value: 'one', hidden: true, note }, '0.provider'],
    ['an empty provider', { provider: '', hidden: true, note }, '0.provider'],
    ['an empty value', { provider: 'acme', value: '', hidden: true, note }, '0.value'],
    ['a value that is null', { provider: 'acme', value: null, hidden: true, note }, '0.value'],
    ['control characters', { provider: 'acme', value: 'a\tb', set: { name: 'M' }, note }, '0.value'],
    ['delete that is false', { provider: 'acme', value: 'one', delete: false }, '0.delete'],
    ['delete with facts', { provider: 'acme', value: 'one', delete: true, set: { iq: 1 } }, '0.set'],
  ])('whose target has %s is refused', (_what, item, field) =>
    overrides.expectUntouched(async () => messageAbout(await overrides.post([item]), field)),
  )
})

describe('a path', () => {
  it.each([
    ['models/acme/a%00b', 'value'],
    ['models/acme/a%0Ab', 'value'],
    ['models/acme/%7F', 'value'],
    ['models/acme/%C2%85', 'value'],
    ['models/a%1Bc/one', 'provider'],
    ['providers/a%00', 'provider'],
    [`models/acme/${'x'.repeat(301)}`, 'value'],
  ])('with characters that a slug cannot contain is refused: %s', (path, field) =>
    overrides.expectUntouched(async () => {
      const body = { set: { name: 'New' }, note }
      await messageAbout(await overrides.put(path, body), field)
      await messageAbout(await overrides.delete(path), field)
      await messageAbout(await overrides.get(`/${path}`), field)
    }),
  )

  it.each(['models/__proto__/one', 'models/acme/__proto__', 'providers/__proto__'])(
    'with __proto__ is refused: %s',
    (path) =>
      overrides.expectUntouched(async () => {
        await messageAbout(
          await overrides.put(path, { set: { name: 'New' }, note }),
          path.startsWith('models/acme') ? 'value' : 'provider',
        )
      }),
  )

  it.each(['models/constructor/one', 'models/acme/constructor', 'providers/toString'])(
    'with a name that objects inherit finds nothing: %s',
    (path) =>
      overrides.expectUntouched(async () => {
        await readProblem(await overrides.put(path, { hidden: true, note }), 'conflict')
        await readProblem(await overrides.get(`/${path}`), 'not-found')
      }),
  )
})
