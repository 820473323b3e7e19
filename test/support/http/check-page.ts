/** Checks that a page runs only the registry's own script, whatever sources sent. */
import { expect } from 'vitest'

/** Attributes with a URL that a browser follows or loads. */
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'poster', 'data', 'xlink:href']

export async function checkPage(response: Response, page: string): Promise<string> {
  expect(response.headers.get('content-type'), page).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy'), page).toMatch(/default-src 'none'; script-src 'self'/)
  const found: string[] = []
  const text = await response.text()
  await new HTMLRewriter()
    .on('*', {
      element(element) {
        found.push(...dangersOf(element))
      },
    })
    .transform(new Response(text))
    .arrayBuffer()
  expect(found, page).toEqual([])
  expect(text.isWellFormed()).toBe(true)
  return text
}

function dangersOf(element: Element): string[] {
  const { tagName } = element
  const attributes = [...element.attributes].map(([name = '', value = '']) => ({ name, value }))
  const dangers = attributes.filter(
    ({ name, value }) =>
      name.startsWith('on') ||
      ['style', 'srcdoc'].includes(name) ||
      (ADDRESSES.includes(name) && !/^(\/(?!\/)|#|https?:\/\/)/.test(value)),
  )
  const isForeign =
    ['iframe', 'object', 'embed', 'base', 'style'].includes(tagName) ||
    (tagName === 'script' && !/^\/(assets|docs)\//.test(element.getAttribute('src') ?? ''))
  return [
    ...(isForeign ? [`<${tagName}>`] : []),
    ...dangers.map(({ name, value }) => `<${tagName} ${name}="${value.slice(0, 80)}">`),
  ]
}
