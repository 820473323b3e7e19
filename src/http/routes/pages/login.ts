/** `/login` and `/logout`: starts a session of this browser with a token, and ends it. */
import { type Failure, fail, ok } from '../../../core/failure.ts'
import { renderPage } from '../../../views/pages/layout/layout.tsx'
import { loginContent, logoutContent } from '../../../views/pages/login/login-page.tsx'
import { findReader } from '../../auth.ts'
import { definePage, type PageRequest, type Submission } from '../../pages/page.ts'
import { PAGE_HEADERS } from '../../pages/page-headers.ts'
import { NO_QUERY } from '../../pages/page-query.ts'
import { timelessFrame } from '../../pages/versioned-page.ts'
import { readText } from '../../request/request-body.ts'
import { endedCookie, sessionCookie } from '../../session.ts'

/** A token and a path. */
const MAX_FORM_BYTES = 16_384

export const loginPage = definePage({
  query: NO_QUERY,
  answer: (request) => answerForm(request, '/login', loginContent({ next: '/' })),
  async submit(request) {
    const refused = checkOrigin(request)
    if (refused) return fail(refused)
    const text = await readText(request.exchange.request, MAX_FORM_BYTES)
    if (!text.ok) return text
    const form = new URLSearchParams(text.value)
    const found = await findReader(request.exchange, form.get('token') ?? '')
    if (!found.ok) return found
    const cookie = sessionCookie(found.value, request.exchange.tiers.clock())
    return ok(leadTo(localPath(form.get('next'), request.url.origin), cookie))
  },
})

export const logoutPage = definePage({
  query: NO_QUERY,
  answer: (request) => answerForm(request, '/logout', logoutContent()),
  async submit(request) {
    const refused = checkOrigin(request)
    return refused ? fail(refused) : ok(leadTo('/login', endedCookie()))
  },
})

async function answerForm(request: PageRequest, path: string, content: ReturnType<typeof loginContent>) {
  const frame = await timelessFrame(request, { path, query: [] })
  return ok({ body: renderPage(frame, content), lifetime: 'none' as const, headers: PAGE_HEADERS })
}

function leadTo(location: string, cookie: string): Submission {
  // Pages in the browser's cache were made for the previous user.
  return { location, headers: { 'set-cookie': cookie, 'clear-site-data': '"cache"' } }
}

/** Browsers send the origin of a form: only the registry's own forms can start and end sessions. */
function checkOrigin({ exchange, url }: PageRequest): Failure | undefined {
  const origin = exchange.request.headers.get('origin')
  if (origin === null || origin === url.origin) return undefined
  return { code: 'invalid-request', detail: 'Cannot accept the form: it was sent from another site' }
}

/** A path of this registry, never a URL of another site. */
function localPath(next: string | null, origin: string): string {
  const target = URL.parse(next ?? '/', origin)
  if (target?.origin !== origin) return '/'
  // Two leading slashes would be parsed as another host.
  return target.pathname.replace(/^\/+/, '/') + target.search
}
