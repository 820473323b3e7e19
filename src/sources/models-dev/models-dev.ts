/** models.dev, a catalogue of what providers and hosts serve, maintained by volunteers. */
import { ok } from '../../core/failure.ts'
import { MODELS_DEV_LIMITS } from '../../core/guard/guard-limits.ts'
import type { Source } from '../source.ts'
import { SOURCE_URLS } from '../source-urls.ts'
import { modelsDevFailure } from './failure.ts'
import { fetchModelsDev } from './fetch-catalogue.ts'
import { checkBody, readShare } from './read-body.ts'

/** A share differs from the body if its provider is listed with spaces around its id, or does not state its id. */
function isOfShares(body: unknown, shares: ReadonlyMap<string, unknown>): boolean {
  return Object.entries(Object(body)).every(([id, provider]) => shares.get(id) === provider)
}

export const MODELS_DEV: Source = {
  name: 'models.dev',
  url: SOURCE_URLS['models.dev'],
  attribution: {
    name: 'models.dev',
    url: 'https://models.dev/',
    license: { name: 'MIT', url: 'https://github.com/anomalyco/models.dev/blob/dev/LICENSE' },
  },
  limits: MODELS_DEV_LIMITS,
  keptPayloads: 30,
  pull: ({ url }, { etag }, fetch) => fetchModelsDev({ url, ...(etag !== undefined && { etag }) }, fetch),
  /** The whole catalogue is one page, and each provider is a share of it. */
  split(pages) {
    const [body] = pages
    if (pages.length !== 1) return modelsDevFailure('invalid', `it has ${pages.length} pages, not one`)
    const checked = checkBody(body)
    return checked.ok ? ok({ shares: checked.value, isOfShares: isOfShares(body, checked.value) }) : checked
  },
  creatorsIn: () => [],
  read: (share) => readShare(share),
}
