/** Artificial Analysis (AA), which measures models at each reasoning effort. Its API requires a key. */

import { ok } from '../../core/failure.ts'
import { ARTIFICIAL_ANALYSIS_LIMITS } from '../../core/guard/guard-limits.ts'
import { UNKNOWN_PROVIDER } from '../../core/statements/provider-names.ts'
import type { ModelStatement, ProviderStatement } from '../../core/statements/statement.ts'
import { variantOf } from '../../core/statements/variant.ts'
import type { Effort } from '../../core/vocabulary.ts'
import { FieldReader } from '../field-reader.ts'
import type { Source, SourceReading } from '../source.ts'
import { SOURCE_URLS } from '../source-urls.ts'
import { AA_CREATORS } from './creators.ts'
import { sourceFailure } from './failure.ts'
import { fetchPages } from './fetch-pages.ts'
import { type Page, type Row, readPages } from './read-pages.ts'
import { readFacts } from './read-row.ts'

/** The guard judges AA as a whole: its rows have many creators, but come from one measurement. */
const WHOLE = ''

export const ARTIFICIAL_ANALYSIS: Source = {
  name: 'artificial-analysis',
  url: SOURCE_URLS['artificial-analysis'],
  attribution: {
    name: 'Artificial Analysis',
    url: 'https://artificialanalysis.ai/',
    note: 'Its terms limit what may be shown to others: read them before you publish its facts',
  },
  limits: ARTIFICIAL_ANALYSIS_LIMITS,
  keptPayloads: Number.POSITIVE_INFINITY,
  // Its replies have no ETag, so every pull fetches everything.
  async pull({ url, apiKey, tier }, _previous, fetch) {
    if (apiKey === undefined) return sourceFailure('unauthorized', 'AA_API_KEY is not set')
    return fetchPages({ apiKey, tier: tier === 'pro' ? 'pro' : 'free', baseUrl: url }, fetch)
  },
  split(pages) {
    const read = readPages(pages)
    if (!read.ok) return read
    const [{ tier, intelligence_index_version: indexVersion }] = read.value
    return ok({ shares: new Map([[WHOLE, pages]]), tier, indexVersion })
  },
  creatorsIn: (share) =>
    rowsOf(checkedPages(share)).flatMap(({ model_creator: creator }) =>
      creator && !AA_CREATORS.has(creator.id) ? [{ id: creator.id, name: creator.name }] : [],
    ),
  read(share, names) {
    const pages = checkedPages(share)
    const [first] = pages
    const rows = rowsOf(pages)
    const fields = new FieldReader()
    const providerOf = ({ model_creator: creator }: Row): string =>
      (creator && (AA_CREATORS.get(creator.id) ?? names[creator.id])) ?? UNKNOWN_PROVIDER
    const reading: SourceReading = {
      providers: providersOf(rows, providerOf),
      models: rows.map((row) => readRow(row, providerOf(row), fields)),
      unread: fields.unread(),
      rejected: [],
      indexVersion: first.intelligence_index_version,
    }
    if (first.stand_in_attribution) reading.attribution = first.stand_in_attribution
    return reading
  },
}

/** A share was checked when it was split. */
function checkedPages(share: unknown): [Page, ...Page[]] {
  const read = readPages(Array.isArray(share) ? share : [])
  if (!read.ok) throw new Error(read.failure.detail)
  return read.value
}

const rowsOf = (pages: readonly Page[]): Row[] => pages.flatMap(({ data }) => data)

function readRow(row: Row, provider: string, fields: FieldReader): ModelStatement {
  const { value, effort } = variantOf(row.slug, row.name)
  fields.startRow(provider, value)
  const variant: { effort?: Effort } = effort === undefined ? {} : { effort }
  const facts = readFacts(row, fields)
  return { source: 'artificial-analysis', id: row.id, provider, value, name: row.name, variant, facts }
}

/** Several creators may share a provider, and creators are renamed, so the first name in sort order is used. */
function providersOf(rows: readonly Row[], providerOf: (row: Row) => string): ProviderStatement[] {
  const names = new Map<string, Set<string>>()
  for (const row of rows) {
    const provider = providerOf(row)
    const known = names.get(provider) ?? new Set()
    names.set(provider, known.add(row.model_creator?.name ?? 'Unknown'))
  }
  return [...names].map(([provider, [...found]]) => ({
    source: 'artificial-analysis',
    provider,
    name: found.sort()[0] ?? provider,
    facts: {},
  }))
}
