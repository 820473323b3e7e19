/** From a request to a page, and from a failure to a page that explains it. */
import { type Failure, fail, type Result } from '../../core/failure.ts'
import { authorizeReader } from '../auth.ts'
import type { Exchange } from '../exchange.ts'
import { STATUS } from '../problem.ts'
import { replyEmpty, replyWith } from '../reply/reply.ts'
import type { PathParams } from '../route.ts'
import type { Page, PageHandler } from './page.ts'

const READ = ['GET', 'HEAD', 'OPTIONS']
const READ_AND_SUBMIT = [...READ, 'POST']
/** No other origin needs the text of pages. */
const AUDIENCE = { cors: false }

export async function callPage(exchange: Exchange, page: Page, params: PathParams): Promise<Response> {
  const { method, url } = exchange.request
  const allowed = page.isForm ? READ_AND_SUBMIT : READ
  if (method === 'OPTIONS') return replyEmpty(exchange, STATUS.noContent, { allow: allowed.join(', ') }, AUDIENCE)
  const refused = page.access === 'reader' ? await authorizeReader(exchange) : undefined
  if (refused) return replyWithPage(exchange, refused)
  if (!allowed.includes(method))
    return replyWithPage(exchange, {
      code: 'method-not-allowed',
      detail: `Cannot use ${method} on this page: allowed methods are ${allowed.join(', ')}`,
      allow: allowed,
    })
  const handler = await page.load()
  if (method === 'POST') return takeForm(exchange, handler, params)
  const parsed = new URL(url)
  const query = await readPageQuery(handler, parsed)
  if (!query.ok) return replyWithPage(exchange, query.failure)
  // `definePage` tied the handler's query to the schema that has just been parsed.
  const answered = await handler.answer({ exchange, params, url: parsed }, query.value as never)
  if (!answered.ok) return replyWithPage(exchange, answered.failure)
  if ('redirect' in answered.value)
    return replyEmpty(exchange, STATUS.found, { location: answered.value.redirect }, AUDIENCE)
  return replyWith(exchange, answered.value, AUDIENCE)
}

async function takeForm(exchange: Exchange, handler: PageHandler, params: PathParams): Promise<Response> {
  const request = { exchange, params, url: new URL(exchange.request.url) }
  const taken = await handler.submit?.(request)
  if (!taken) throw new Error(`Cannot take a form at ${request.url.pathname}: it has no handler`)
  if (!taken.ok) return replyWithPage(exchange, taken.failure)
  const { location, headers } = taken.value
  return replyEmpty(exchange, STATUS.seeOther, { location, ...headers }, AUDIENCE)
}

/** RFC 9110 (section 4.1) recommends at least 8000. */
const MAX_URL_LENGTH = 8192

async function readPageQuery({ query }: PageHandler, url: URL): Promise<Result<Record<string, unknown>>> {
  if (url.href.length > MAX_URL_LENGTH)
    return fail({
      code: 'invalid-request',
      detail: `Cannot read the URL: it is longer than ${MAX_URL_LENGTH} characters`,
    })
  const kept = [...url.searchParams].filter(([name, value]) => value !== '' && Object.hasOwn(query.shape, name))
  const { parseQuery } = await import('./page-query.ts')
  return parseQuery(query, kept)
}

/** A failure as a page. */
export async function replyWithPage(exchange: Exchange, failure: Failure): Promise<Response> {
  const { problemReply } = await import('./problem-reply.ts')
  return problemReply(exchange, failure)
}

/** Whether the client accepts HTML. */
export function wantsPage(request: Request): boolean {
  return /\btext\/html\b/.test(request.headers.get('accept') ?? '')
}
