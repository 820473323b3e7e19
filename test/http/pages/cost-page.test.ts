import { beforeAll, describe, expect, it } from 'vitest'
import { testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

const HTML = { accept: 'text/html' }
const app = testApp()
const USAGE = JSON.stringify({ prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000 })

beforeAll(async () => {
  const priced = (input: number) => [
    aaRow({ slug: 'one', pricing: { price_1m_input_tokens: input, price_1m_output_tokens: 8 } }),
  ]
  await app.take(recordedPull(priced(4), { fetchedAt: '2025-03-01T02:00:00.000Z' }))
  await app.take(recordedPull(priced(1), { fetchedAt: '2025-03-03T02:00:00.000Z' }))
})

function pathOf(ask: Record<string, string>): string {
  return `/cost?${new URLSearchParams(ask)}`
}

async function textOf(ask: Record<string, string>): Promise<string> {
  const response = await app.get(pathOf(ask), HTML)
  expect(response.status).toBe(200)
  return response.text()
}

describe('/cost', () => {
  it('shows a form, and no result before it is filled in', async () => {
    const html = await textOf({})
    expect(html).toContain('<form action="/cost"')
    expect(html).not.toContain('class="answer"')
  })

  it('prices usage at the price of its time', async () => {
    expect(await textOf({ model: 'acme/one', usage: USAGE, when: '2025-03-02' })).toContain(
      '<p class="total">$4.00</p>',
    )
    expect(await textOf({ model: 'acme/one', usage: USAGE, when: '2025-03-04' })).toContain(
      '<p class="total">$1.00</p>',
    )
  })

  it('adds the time to the URL if none is given', async () => {
    const response = await app.get(pathOf({ model: 'acme/one', usage: USAGE }), HTML)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toMatch(/&when=\d{4}-\d{2}-\d{2}T\d{2}%3A\d{2}Z$/)
  })

  it.each([
    ['usage that is not JSON', { usage: '{"prompt_tokens"' }, 'it is not JSON'],
    ['usage of no known API', { usage: '{"tokens_eaten":5}' }, 'The cost is unknown'],
    ['a model that does not exist', { model: 'acme/oen' }, 'did you mean'],
    ['a time that is not one', { when: 'yesterday' }, 'Cannot read the time'],
    ['a time before the first price', { when: '2020-01-01' }, 'are unknown; they are known from 2025-03-01'],
  ])('explains why it cannot price %s', async (_name, wrong, reason) => {
    const html = await textOf({ model: 'acme/one', usage: USAGE, when: '2025-03-04', ...wrong })
    expect(html).toContain('The cost is unknown.')
    expect(html).toContain(reason)
    expect(html).not.toContain('class="total"')
  })

  it('escapes the input', async () => {
    const html = await textOf({
      model: '"><script>x</script>',
      usage: '</textarea><script>y</script>',
      when: '2025-03-04',
    })
    expect(html).not.toMatch(/<script>[xy]/)
  })
})

describe('/charts', () => {
  it('reports if no model has the figures', async () => {
    const html = await (await app.get('/charts?quality=epoch', HTML)).text()
    expect(html).toContain('No model in this selection has both figures.')
  })

  it('draws models that have both figures, with the numbers in a table', async () => {
    const html = await (await app.get('/charts?quality=artificialAnalysis', HTML)).text()
    expect(html).toContain('<svg class="scatter"')
    expect(html).toMatch(/<th scope="row"><a href="\/models\/acme\/one">one<\/a><\/th><td class="number">30\.5<\/td>/)
  })

  it('refuses a quality that does not exist, as a page', async () => {
    const response = await app.get('/charts?quality=taste', HTML)
    expect(response.status).toBe(400)
  })
})
