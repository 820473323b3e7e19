/**
 * Pages of a version, cached like all views of a commit. A page is a function of the commit, its own URL, and the code and
 * style that rendered it.
 */
import { fail, ok, type Result } from '../../core/failure.ts'
import type { Pointer } from '../../core/schema/history.ts'
import { readRecord } from '../../edge/records/read-record.ts'
import { type PageQuery, withQuery } from '../../views/pages/format/paths.ts'
import { type AskedMoment, type Frame, momentQuery } from '../../views/pages/layout/frame.ts'
import { type PageContent, renderPage } from '../../views/pages/layout/layout.tsx'
import type { Answered, Exchange } from '../exchange.ts'
import { answerOf, chooseVersion, type VersionQuery } from '../versioned.ts'
import { readAttribution } from './attribution.ts'
import type { PageRequest } from './page.ts'
import { pageAssets } from './page-assets.ts'
import { PAGE_HEADERS } from './page-headers.ts'

type PageAddress = Pick<VersionedPage, 'path' | 'query'>

export interface VersionedPage {
  /** As in links, without the parameters for the version. */
  path: string
  query: PageQuery
  /** What the content depends on besides the version, such as a date. */
  edition?: string
  content: (pointer: Pointer, frame: Frame) => Promise<Result<PageContent | { redirect: string }>>
}

/** `version` and `at` as requested. */
export async function answerPage(request: PageRequest, named: VersionQuery, page: VersionedPage): Promise<Answered> {
  const { exchange } = request
  const { tiers } = exchange
  const chosen = await chooseVersion(exchange, named)
  if (!chosen.ok) return chosen
  const pointer = chosen.value.version
  const asked = askedOf(named)
  const { path } = page
  const frame = await frameOf(request, page)
  let instead: Answered = fail({ code: 'not-found', detail: `Cannot find "${path}": no such page` })
  const key = keyOf(exchange, frame, asked, page.edition)
  const body = await readRecord(tiers, pointer, key, async () => {
    const moment = { ...pointer, attribution: await readAttribution(exchange, pointer), ...(asked && { asked }) }
    const content = await page.content(pointer, { ...frame, moment })
    if (content.ok && !('redirect' in content.value)) return renderPage({ ...frame, moment }, content.value)
    if (!content.ok) instead = content
    else if ('redirect' in content.value) instead = ok({ redirect: content.value.redirect })
    return undefined
  })
  return body ? ok({ ...answerOf(chosen.value), body, headers: PAGE_HEADERS }) : instead
}

/** For a page that does not belong to a version, such as the status: it credits the sources of the current version, if any. */
export async function currentFrame(request: PageRequest, page: PageAddress): Promise<Frame> {
  const frame = await timelessFrame(request, page)
  const chosen = await chooseVersion(request.exchange, {})
  if (!chosen.ok) return frame
  const pointer = chosen.value.version
  return { ...frame, moment: { ...pointer, attribution: await readAttribution(request.exchange, pointer) } }
}

/** For a page without content of the registry. */
export async function timelessFrame(request: PageRequest, page: PageAddress): Promise<Frame> {
  return { ...(await frameOf(request, page)), timeless: true }
}

async function frameOf({ exchange, url }: PageRequest, { path, query }: PageAddress): Promise<Frame> {
  const { readTokens } = exchange.config
  const isClosed = !readTokens.ok || readTokens.value.length > 0
  const frame = { origin: url.origin, path, query, assets: await pageAssets(exchange) }
  return isClosed ? { ...frame, closed: true } : frame
}

function askedOf({ version, at }: VersionQuery): AskedMoment | undefined {
  if (version !== undefined) return { by: 'version', text: version }
  return at === undefined ? undefined : { by: 'at', text: at }
}

/** A new deployment renders pages again, even for the same version. */
function keyOf(
  { env }: Exchange,
  { origin, path, query, assets }: Frame,
  asked: AskedMoment | undefined,
  edition = '',
): string {
  const code = `${edition} ${env.CF_VERSION_METADATA?.id ?? ''} ${assets.style} ${assets.script}`
  return `page ${code} ${origin}${withQuery(path, [...query, ...momentQuery(asked)])}`
}
