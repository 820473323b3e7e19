/** The addresses of all pages, for search engines. */
import { compareText } from '../../../core/json/canonical.ts'
import { compareModels } from '../../../core/model-order.ts'
import type { Listed } from '../../../core/search/columns/listed.ts'
import { modelPath, providerPath } from '../format/paths.ts'

const FIXED = ['/', '/changes', '/providers', '/charts', '/cost', '/versions', '/status']
/** What one sitemap may hold (sitemaps.org). */
const MAX_ADDRESSES = 50_000

export function sitemapText(origin: string, { providerNames, models }: Listed): string {
  const providers = [...providerNames.keys()].sort(compareText)
  const paths = [...FIXED, ...providers.map(providerPath), ...models.toSorted(compareModels).map(modelPath)]
  const entries = paths.slice(0, MAX_ADDRESSES).map((path) => `<url><loc>${escapeXml(origin + path)}</loc></url>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</urlset>
`
}

/** Every filter and every past moment has an address: those are for people. Comparisons are looked for. */
export function robotsText(origin: string): string {
  return `User-agent: *
Disallow: /*?
Allow: /compare?m=
Disallow: /v1/
Sitemap: ${origin}/sitemap.xml
`
}

/** Of what `encodeURIComponent` leaves as it is, XML minds two. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll("'", '&apos;')
}
