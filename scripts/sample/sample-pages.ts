/** A day of the sample as pages in the shape of Artificial Analysis (AA), Free or Pro, as of 2026-11. */
import { uuidOf } from './sample-chance.ts'
import { SAMPLE_CREATORS } from './sample-creators.ts'
import { readSampleDays, type SampleDay } from './sample-days.ts'
import type { SampleModel } from './sample-model.ts'
import { scoresOf, speedsOf } from './sample-scores.ts'

export type SampleTier = 'free' | 'pro'

export interface RecordedPull {
  fetchedAt: string
  pages: unknown[]
}

/** AA's pages hold 200 rows; smaller ones, so that a pull of the sample is read page by page as well. */
const PAGE_SIZE = 50

/** Nothing here is AA's to be credited for. */
const ATTRIBUTION = [
  { name: 'LLM Registry sample (scores and speeds are made up)', url: 'https://github.com/Rettend/llm' },
  { name: 'models.dev', url: 'https://models.dev/' },
]

/** The five days as recorded pulls, oldest first. */
export function samplePulls(tier: SampleTier): RecordedPull[] {
  return readSampleDays().map((day) => ({ fetchedAt: day.fetchedAt, pages: pagesOf(day, tier) }))
}

function pagesOf({ fetchedAt, indexVersion, models }: SampleDay, tier: SampleTier): unknown[] {
  const rows = models.map((model) => rowOf(model, { indexVersion, day: fetchedAt.slice(0, 10), tier }))
  rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  const total = Math.ceil(rows.length / PAGE_SIZE)
  return Array.from({ length: total }, (_, index) => ({
    tier,
    intelligence_index_version: indexVersion,
    pagination: { page: index + 1, page_size: PAGE_SIZE, total_pages: total, has_more: index + 1 < total },
    data: rows.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    stand_in_attribution: ATTRIBUTION,
  }))
}

interface RowContext {
  indexVersion: SampleDay['indexVersion']
  day: string
  tier: SampleTier
}

function rowOf(model: SampleModel, { indexVersion, day, tier }: RowContext) {
  const scores = scoresOf(model, indexVersion)
  const speeds = speedsOf(model, day)
  return {
    id: uuidOf(`model ${model.slug}`),
    name: model.name,
    slug: model.slug,
    release_date: model.releaseDate,
    model_creator: SAMPLE_CREATORS.get(model.creator) ?? null,
    evaluations: {
      artificial_analysis_intelligence_index: scores.intelligence,
      artificial_analysis_coding_index: scores.coding,
      artificial_analysis_agentic_index: scores.agentic,
    },
    artificial_analysis_intelligence_index_cost: null,
    pricing: {
      price_1m_input_tokens: model.input ?? null,
      price_1m_output_tokens: model.output ?? null,
      price_1m_cache_hit_tokens: model.cacheRead ?? null,
      price_1m_cache_write_tokens: model.cacheWrite ?? null,
    },
    performance: {
      median_output_tokens_per_second: speeds?.outputTokensPerSecond ?? null,
      median_time_to_first_token_seconds: speeds?.timeToFirstToken ?? null,
      median_time_to_first_answer_token_seconds: speeds?.timeToFirstAnswer ?? null,
      median_end_to_end_response_time_seconds: speeds?.endToEnd ?? null,
    },
    ...(tier === 'pro' ? proFactsOf(model) : {}),
  }
}

function proFactsOf({ reasoning, contextWindow, inputs }: SampleModel) {
  const takes = (kind: SampleModel['inputs'][number]) => inputs.includes(kind)
  return {
    reasoning_model: reasoning,
    context_window_tokens: contextWindow,
    modalities: {
      input: { text: takes('text'), image: takes('image'), video: takes('video'), speech: takes('audio') },
      output: { text: true, image: false, video: false, speech: false },
    },
  }
}
