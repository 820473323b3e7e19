/** The recorded pulls of Artificial Analysis, oldest first. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { type RecordedPull, readGzip } from './recorded-pull.ts'

const Figure = z.number().nullable()
const Row = z.looseObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  model_creator: z.looseObject({ name: z.string() }).nullable(),
  evaluations: z.looseObject({ artificial_analysis_intelligence_index: Figure }),
  pricing: z.looseObject({ price_1m_input_tokens: Figure, price_1m_output_tokens: Figure }),
  performance: z.looseObject({ median_output_tokens_per_second: Figure }),
})
const Pull = z.object({ fetchedAt: z.string(), pages: z.array(z.looseObject({ data: z.array(Row) })) })

export function readArtificialAnalysisPulls(folder: string): RecordedPull[] {
  const files = readdirSync(join(folder, 'aa/pulls')).filter((name) => name.endsWith('.json.gz'))
  return files
    .map((name) => Pull.parse(JSON.parse(readGzip(join(folder, 'aa/pulls', name)))))
    .map(({ fetchedAt, pages }) => ({
      label: fetchedAt.slice(0, 16),
      at: Date.parse(fetchedAt),
      providers: Map.groupBy(pages.flatMap(({ data }) => data).map(toGuardedRow), ({ provider }) => provider),
    }))
    .sort((a, b) => a.at - b.at)
}

function toGuardedRow(row: z.infer<typeof Row>): GuardedRow {
  const facts = {
    input: row.pricing.price_1m_input_tokens,
    output: row.pricing.price_1m_output_tokens,
    speed: row.performance.median_output_tokens_per_second,
    score: row.evaluations.artificial_analysis_intelligence_index,
  }
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
  return { provider: row.model_creator?.name ?? 'unknown', value: row.slug, id: row.id, name: row.name, ...known }
}
