/**
 * Fixtures with defaults: a test names only the facts it is about. Everything here is made up. Runs in any runtime, so
 * nothing may be imported from Node.
 */

import type { Model, Provider } from '../../src/core/schema/model.ts'

/** A row, page or object of Artificial Analysis (AA), loosely typed so that a test can make it wrong. */
export type Facts = Record<string, unknown>

export interface AaPagesOptions {
  pageSize?: number
  indexVersion?: number
  tier?: string
}

export interface AaPage extends Facts {
  tier: unknown
  intelligence_index_version: unknown
  pagination: Facts
  data: Facts[]
}

export interface RecordedPull {
  fetchedAt: string
  pages: AaPage[]
}

/** A creator that is not in reviewed data. */
export const ACME = { id: uuidOf('Acme'), name: 'Acme' } as const

/** A row of AA's Free tier. `id` and `name` follow from `slug`; objects are merged over their defaults. */
export function aaRow(facts: Facts = {}): Facts {
  const slug = facts.slug ?? 'acme-one'
  return merge(
    {
      id: uuidOf(String(slug)),
      name: String(slug),
      slug,
      release_date: '2026-01-15',
      model_creator: { ...ACME },
      evaluations: {
        artificial_analysis_intelligence_index: 30.5,
        artificial_analysis_coding_index: 21.25,
        artificial_analysis_agentic_index: null,
      },
      artificial_analysis_intelligence_index_cost: null,
      pricing: {
        price_1m_input_tokens: 1,
        price_1m_output_tokens: 5,
        price_1m_cache_hit_tokens: null,
        price_1m_cache_write_tokens: null,
      },
      performance: {
        median_output_tokens_per_second: 80.5,
        median_time_to_first_token_seconds: 0.5,
        median_time_to_first_answer_token_seconds: 1.5,
        median_end_to_end_response_time_seconds: 7.5,
      },
    },
    facts,
  )
}

/** A row of AA's Pro tier: the Free row plus the fields that Pro adds. */
export function aaProRow(facts: Facts = {}): Facts {
  const pro = {
    ...aaRow(typeof facts.slug === 'string' ? { slug: facts.slug } : {}),
    reasoning_model: false,
    context_window_tokens: 128_000,
    parameters: { total: 70, active: 7 },
    modalities: {
      input: { text: true, image: false, video: false, speech: false },
      output: { text: true, image: false, video: false, speech: false },
    },
    licensing: { is_open_weights: false },
    huggingface_url: null,
    openrouter_api_id: null,
  }
  const added = {
    pricing: { price_1m_blended_3_to_1: 2 },
    performance: { percentile_05_output_tokens_per_second: 40 },
    evaluations: { gpqa_diamond: 0.5 },
  }
  return merge(merge(pro, added), facts)
}

/** The pages that AA returns for these rows, in the given order. */
export function aaPages(rows: Facts[], options: AaPagesOptions = {}): AaPage[] {
  const { pageSize = 200, indexVersion = 4.1, tier = 'free' } = options
  const total = Math.max(1, Math.ceil(rows.length / pageSize))
  return Array.from({ length: total }, (_, index) => ({
    tier,
    intelligence_index_version: indexVersion,
    pagination: { page: index + 1, page_size: pageSize, total_pages: total, has_more: index + 1 < total },
    data: rows.slice(index * pageSize, (index + 1) * pageSize),
  }))
}

/** A recorded pull, in the form in which it is imported. */
export function recordedPull(
  rows: Facts[] = [aaRow()],
  { fetchedAt = '2026-10-01T02:00:00.000Z', ...options }: AaPagesOptions & { fetchedAt?: string } = {},
): RecordedPull {
  return { fetchedAt, pages: aaPages(rows, options) }
}

export function model(facts: Partial<Model> = {}): Model {
  const value = facts.value ?? 'acme-one'
  const name = facts.name ?? value
  const { provider = 'acme' } = facts
  const identity = { id: uuidOf(value), value, provider, name, alias: name, family: `${provider}/${value}` }
  return { ...identity, type: 'chat', status: 'active', ...facts }
}

export function provider(facts: Partial<Provider> = {}): Provider {
  return { value: 'acme', name: 'Acme', status: 'active', ...facts }
}

/** A made-up id in the form of a UUID. The same text gives the same id. */
export function uuidOf(text: string): string {
  const hex = [1, 2, 3, 4].map((seed) => fnv1a(`${seed}${text}`).toString(16).padStart(8, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Merges `facts` over `defaults`; objects in both are merged key by key. */
function merge<T extends Facts>(defaults: T, facts: Facts): T {
  const merged = Object.entries(facts).map(([key, fact]) => {
    const known = defaults[key]
    return [key, isFacts(known) && isFacts(fact) ? merge(known, fact) : fact] as const
  })
  return { ...defaults, ...Object.fromEntries(merged) }
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
