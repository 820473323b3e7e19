/** Requests for pages: nearly valid URLs, and forms that may come from elsewhere. */
import * as fc from 'fast-check'
import { pages } from '../../../src/http/pages/pages.ts'
import { BEARER, ORIGIN, TOKEN } from '../http/registry-app.ts'
import { anyNastyText } from './any-nasty.ts'
import type { FuzzRequest, Names } from './any-request.ts'

const HTML = { accept: 'text/html' }

/** The parameters of all pages. A page ignores unknown ones. */
const VALUES: Record<string, string[]> = {
  q: ['one', 'acme free', '"', '*'],
  type: ['chat', 'image', 'none'],
  capability: ['vision', 'reasoning', 'sight'],
  firstParty: ['true', 'false', 'yes'],
  openWeights: ['true', 'false'],
  minContextWindow: ['0', '128000', '-1', '1e9'],
  maxInputPrice: ['0', '0.5', '-0'],
  sort: ['name', '-iq', 'input', 'nothing'],
  col: ['input', 'iq', 'nothing'],
  page: ['1', '2', '0', '9007199254740993', '1000000'],
  before: ['1', '2', '3', '0', '9007199254740991', '9007199254740993'],
  quality: ['epoch', 'arena', 'artificialAnalysis', 'none'],
  m: ['acme/one', 'acme/Org/Two:free', 'globex/g', 'nowhere/x', 'one', '/', 'acme/'],
  usage: [
    '{"input_tokens":1,"output_tokens":2}',
    '{',
    '[]',
    '{"prompt_tokens":1e400}',
    '['.repeat(2000),
    `${'['.repeat(1200)}${']'.repeat(1200)}`,
    `${'{"a":'.repeat(400)}1${'}'.repeat(400)}`,
  ],
  mode: ['fast', 'batch', '__proto__'],
  when: ['2025-03-01', '2025-03-01T12:00Z', 'now', '9999-12-31'],
  input: ['0', '1000000', '1e9', '-1'],
  cached: ['0', '999999999'],
  output: ['1'],
  requests: ['0', '1000'],
}

const FILES = ['style.css', 'script.js', 'icon.svg', 'index.json', '..%2findex.json', 'style.%2e%2e']

export function anyPageRequest(names: Names): fc.Arbitrary<FuzzRequest> {
  const anyText = (known: string[]) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('', ...known) },
      { weight: 1, arbitrary: anyNastyText.map((text) => text.toWellFormed()) },
    )
  const known: Record<string, string[]> = { ...names, ...VALUES, file: FILES }
  const part = (text: string): fc.Arbitrary<string> =>
    text.startsWith(':') ? anyText(known[text.slice(1)] ?? []).map(encodeURIComponent) : fc.constant(text)
  const anyPath = fc.oneof(...pages.map(({ path }) => fc.tuple(...partsOf(path).map(part)).map((all) => all.join(''))))
  const queries = ['version', 'at', 'from', 'to', 'provider', 'lab', 'model', ...Object.keys(VALUES)]
  const anyPair = fc
    .constantFrom(...queries)
    .chain((name) => anyText(known[name] ?? []).map((text) => `${name}=${encodeURIComponent(text)}`))
  const method = fc.oneof({ weight: 12, arbitrary: fc.constant('GET') }, fc.constantFrom('HEAD', 'OPTIONS', 'DELETE'))
  const headers = fc.constantFrom(HTML, { ...HTML, ...BEARER }, { accept: '*/*' }, { ...HTML, cookie: 'a=b' })
  const read = fc
    .tuple(method, anyPath, fc.array(anyPair, { maxLength: 4 }), headers)
    .map(([method, path, pairs, headers]) => {
      return { method, url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, headers }
    })
  return fc.oneof({ weight: 8, arbitrary: read }, { weight: 1, arbitrary: anyForm })
}

const anyForm: fc.Arbitrary<FuzzRequest> = fc
  .record({
    url: fc.constantFrom('/login', '/logout', '/', '/cost'),
    origin: fc.constantFrom(ORIGIN, ORIGIN, 'https://evil.example', 'null', undefined),
    token: fc.oneof(fc.constantFrom(TOKEN, '', 'wrong-token-0123456789'), anyNastyText),
    next: fc.oneof(fc.constantFrom('/', '/cost?model=one', '//evil.example', '/.//evil.example'), anyNastyText),
  })
  .map(({ url, origin, token, next }) => ({
    method: 'POST',
    url,
    headers: {
      ...HTML,
      'content-type': 'application/x-www-form-urlencoded',
      ...(origin !== undefined && { origin }),
    },
    body: String(new URLSearchParams({ token: token.toWellFormed(), next: next.toWellFormed() })),
  }))

/** Splits `/models/:provider/:value{[^]+}` into its parts. */
function partsOf(path: string): string[] {
  return path.replaceAll('{[^]+}', '').split(/(:\w+)/)
}
