/** What search engines may read, and where it is. */

import { fail, ok } from '../../../../core/failure.ts'
import { readRecord } from '../../../../edge/records/read-record.ts'
import { robotsText, sitemapText } from '../../../../views/pages/layout/sitemap.ts'
import { textView } from '../../../../views/view.ts'
import { readListed } from '../../../pages/listed.ts'
import { definePage } from '../../../pages/page.ts'
import { NO_QUERY } from '../../../pages/page-query.ts'
import { answerOf, chooseVersion } from '../../../versioned.ts'

export const robots = definePage({
  query: NO_QUERY,
  async answer({ url }) {
    return ok({ body: textView(robotsText(url.origin), 'text/plain; charset=utf-8'), lifetime: 'none' })
  },
})

export const sitemap = definePage({
  query: NO_QUERY,
  async answer({ exchange, url: { origin } }) {
    const chosen = await chooseVersion(exchange, {})
    if (!chosen.ok) return chosen
    const { tiers } = exchange
    const { version } = chosen.value
    const body = await readRecord(tiers, version, `/sitemap.xml ${origin}`, async () =>
      textView(sitemapText(origin, await readListed(tiers, version)), 'application/xml; charset=utf-8'),
    )
    return body ? ok({ ...answerOf(chosen.value), body }) : fail({ code: 'internal', detail: 'Cannot list the pages' })
  },
})
