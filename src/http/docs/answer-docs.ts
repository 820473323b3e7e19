/** The page at /docs: the OpenAPI document in Swagger UI, with its script and style from this Worker. */
import { ok } from '../../core/failure.ts'
import { docsContent } from '../../views/pages/docs/docs-page.tsx'
import { renderPage } from '../../views/pages/layout/layout.tsx'
import type { Answered, Exchange } from '../exchange.ts'
import { pageAssets } from '../pages/page-assets.ts'
import { PAGE_HEADERS } from '../pages/page-headers.ts'
import { currentFrame } from '../pages/versioned-page.ts'

/** Swagger UI sets style attributes and draws its icons from data URLs; scripts come from here alone. */
const CONTENT_SECURITY_POLICY = PAGE_HEADERS['content-security-policy']
  .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
  .replace("img-src 'self'", "img-src 'self' data:")

export async function answerDocs(exchange: Exchange): Promise<Answered> {
  const request = { exchange, params: {}, url: new URL(exchange.request.url) }
  const frame = await currentFrame(request, { path: '/docs', query: [] })
  const assets = await pageAssets(exchange)
  const body = renderPage({ ...frame, assets: { ...assets, style: assets.docsStyle } }, docsContent)
  return ok({
    body,
    lifetime: 'none',
    headers: { ...PAGE_HEADERS, 'content-security-policy': CONTENT_SECURITY_POLICY },
  })
}
