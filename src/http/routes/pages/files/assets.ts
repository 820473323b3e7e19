/** The style, script and icon of the pages. */
import { fail, ok } from '../../../../core/failure.ts'
import { definePage } from '../../../pages/page.ts'
import { pageAssets } from '../../../pages/page-assets.ts'
import { NO_QUERY } from '../../../pages/page-query.ts'

const TYPES = { style: 'text/css', docsStyle: 'text/css', script: 'text/javascript', icon: 'image/svg+xml' } as const

export const asset = definePage({
  query: NO_QUERY,
  async answer({ exchange, params: { file = '' }, url }) {
    const assets = await pageAssets(exchange)
    const kind = kindOf(file)
    if (!kind) return fail({ code: 'not-found', detail: `Cannot find "${url.pathname.slice(0, 200)}": no such file` })
    // A page cached before a deployment links to the old style: the current one is the best replacement.
    if (assets[kind] !== url.pathname) return ok({ redirect: assets[kind] })
    const response = await exchange.env.ASSETS.fetch(new URL(url.pathname, url))
    if (!response.ok)
      return fail({ code: 'not-found', detail: `Cannot find "${url.pathname}": it was not deployed with the Worker` })
    const bytes = new Uint8Array(await response.arrayBuffer())
    return ok({ body: { bytes, contentType: `${TYPES[kind]}; charset=utf-8` }, lifetime: 'immutable' })
  },
})

function kindOf(file: string): keyof typeof TYPES | undefined {
  const [name = ''] = file.split('.')
  return isKind(name) ? name : undefined
}

const isKind = (name: string): name is keyof typeof TYPES => Object.hasOwn(TYPES, name)
