/** models.dev, a catalogue of what providers and hosts serve, kept by volunteers. */
import type { SourcePull } from '../../core/build/statement.ts'
import { ok } from '../../core/failure.ts'
import type { Source } from '../source.ts'
import { fetchModelsDev } from './fetch-catalogue.ts'
import { MODELS_DEV_ATTRIBUTION, readModelsDev, trimModelsDev } from './read-catalogue.ts'

export const MODELS_DEV: Source = {
  name: 'models.dev',
  url: 'https://models.dev/api.json',
  licence: 'MIT',
  attribution: MODELS_DEV_ATTRIBUTION,
  async pull({ url }, previous, fetch) {
    const etag = previous?.etag
    const fetched = await fetchModelsDev({ url, ...(etag !== undefined && { etag }) }, fetch)
    if (!fetched.ok) return fetched
    if (!fetched.value) return ok('unchanged')
    const { json, etag: next } = fetched.value
    const read = readModelsDev(json)
    if (!read.ok) return read
    return ok({ pull: read.value, pages: [trimModelsDev(json)], ...(next !== undefined && { etag: next }) })
  },
  /** The whole catalogue is one page. */
  read: ([page]) => readModelsDev(page),
  guard,
}

/** Ordinary days lose a few models. A reply that lost more than this share is half a reply. */
const MAX_LOSS = 0.2

function guard({ statements: known }: SourcePull, next: SourcePull): string[] {
  const ids = new Set(next.statements.map(({ id }) => id))
  const lost = known.filter(({ id }) => !ids.has(id)).length
  return lost <= known.length * MAX_LOSS ? [] : [`${lost} of ${known.length} models are gone`]
}
