/** A failure as a page, with the same status and headers as the problem that the API would return. */
import type { Failure } from '../../core/failure.ts'
import { renderPage } from '../../views/pages/layout/layout.tsx'
import { problemContent } from '../../views/pages/layout/problem-page.tsx'
import { loginContent } from '../../views/pages/login/login-page.tsx'
import type { Exchange } from '../exchange.ts'
import { problemOf } from '../problem.ts'
import { SECURITY_HEADERS } from '../reply/headers.ts'
import { pageAssets } from './page-assets.ts'
import { PAGE_HEADERS } from './page-headers.ts'

export async function problemReply(exchange: Exchange, failure: Failure): Promise<Response> {
  const { status, body, headers } = problemOf(failure)
  const { origin, pathname, search } = new URL(exchange.request.url)
  const frame = { origin, path: pathname, query: [], assets: await pageAssets(exchange) }
  const content =
    failure.code === 'unauthorized'
      ? loginContent({ ...(failure.wrongToken && { refusal: 'Wrong token' }), next: nextOf(pathname, search) })
      : problemContent({ status, title: String(body.title), failure }, pathname)
  const view = renderPage({ ...frame, timeless: true }, content)
  return new Response(view.bytes, {
    status,
    headers: {
      ...SECURITY_HEADERS,
      ...PAGE_HEADERS,
      'content-type': view.contentType,
      'cache-control': 'no-store',
      ...headers,
    },
  })
}

/** Where to redirect after the login, but not to the form itself. */
function nextOf(path: string, search: string): string {
  return path === '/login' || path === '/logout' ? '/' : path + search
}
