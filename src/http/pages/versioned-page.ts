/**
 * Pages of a version, kept like all views of a commit. A page is a function of the commit, its own address, and the code
 * and style that it was made with.
 */
import { type Failure, fail, ok } from '../../core/failure.ts'
import type { Pointer } from '../../core/schema/history.ts'
import type { LoadedVersion } from '../../edge/loaded-version.ts'
import { readRecord } from '../../edge/read-record.ts'
import { loadVersion } from '../../edge/read-version.ts'
import { type PageQuery, withQuery } from '../../views/pages/format/paths.ts'
import type { AskedMoment, Frame } from '../../views/pages/layout/frame.ts'
import { type PageContent, renderPage } from '../../views/pages/layout/layout.tsx'
import type { Answered, Exchange } from '../exchange.ts'
import { answerOf, type Chosen, chooseVersion, type VersionQuery } from '../versioned.ts'
import type { PageRequest } from './page.ts'
import { pageAssets } from './page-assets.ts'
import { PAGE_HEADERS } from './page-headers.ts'

export interface VersionedPage {
  /** As it is to be linked, without what names the version. */
  path: string
  query: PageQuery
  /** `undefined` where the version lacks it. */
  content: (
    loaded: LoadedVersion,
    frame: Frame,
    pointer: Pointer,
  ) => Promise<PageContent | undefined> | PageContent | undefined
  missing?: (pointer: Pointer) => Promise<Failure> | Failure
}

export async function answerPage(request: PageRequest, query: VersionQuery, page: VersionedPage): Promise<Answered> {
  const { exchange } = request
  const chosen = await chooseVersion(exchange, query)
  if (!chosen.ok) return chosen
  const frame = await frameOf(request, page)
  const key = `${pageKey(exchange, frame)} ${withQuery(page.path, [...page.query, ['version', query.version], ['at', query.at]])}`
  const view = await readRecord(exchange.tiers, chosen.value.version, key, async () => {
    const loaded = await loadVersion(exchange.tiers, chosen.value.version)
    const whole = { ...frame, moment: momentOf(chosen.value, loaded, query) }
    const content = await page.content(loaded, whole, chosen.value.version)
    return content && renderPage(whole, content)
  })
  if (view) return ok({ ...answerOf(chosen.value), body: view, headers: PAGE_HEADERS })
  return fail((await page.missing?.(chosen.value.version)) ?? { code: 'not-found', detail: `Cannot read ${page.path}` })
}

/** Of a page that is not of a version, such as the status: it credits the sources of the current one, where there is one. */
export async function currentFrame(request: PageRequest, page: Pick<VersionedPage, 'path' | 'query'>): Promise<Frame> {
  const frame = await pageFrame(request, page)
  const chosen = await chooseVersion(request.exchange, {})
  if (!chosen.ok) return frame
  const loaded = await loadVersion(request.exchange.tiers, chosen.value.version)
  return { ...frame, moment: momentOf(chosen.value, loaded, {}) }
}

/** Of a page without content of the registry. */
export async function pageFrame(request: PageRequest, page: Pick<VersionedPage, 'path' | 'query'>): Promise<Frame> {
  return { ...(await frameOf(request, page)), timeless: true }
}

async function frameOf({ exchange, url }: PageRequest, page: Pick<VersionedPage, 'path' | 'query'>): Promise<Frame> {
  const isClosed = !exchange.config.readTokens.ok || exchange.config.readTokens.value.length > 0
  return {
    origin: url.origin,
    path: page.path,
    query: page.query,
    assets: await pageAssets(exchange),
    ...(isClosed && { closed: true as const }),
  }
}

function momentOf({ version: { version, etag, generatedAt } }: Chosen, loaded: LoadedVersion, query: VersionQuery) {
  const asked = askedOf(query)
  return { version, etag, generatedAt, attribution: loaded.head.attribution, ...(asked && { asked }) }
}

function askedOf({ version, at }: VersionQuery): AskedMoment | undefined {
  if (version !== undefined) return { by: 'version', text: version }
  return at === undefined ? undefined : { by: 'at', text: at }
}

/** Pages of another deployment are made again, even where their version is the same. */
function pageKey({ env }: Exchange, { origin, assets }: Frame): string {
  return `page ${env.CF_VERSION_METADATA?.id ?? ''} ${assets.style} ${assets.script} ${origin}`
}
