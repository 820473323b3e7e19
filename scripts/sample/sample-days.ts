/**
 * Five days of the sample, each with what a registry lives through: a name changed, prices cut, a model added, one gone,
 * an effort variant, the index re-scaled. The data file holds how it ended; here is what was different before.
 */
import { readSampleModels, type SampleModel } from './sample-model.ts'
import { INDEX_VERSIONS } from './sample-scores.ts'

export interface SampleDay {
  /** When the pull of the day was made. */
  fetchedAt: string
  indexVersion: (typeof INDEX_VERSIONS)[keyof typeof INDEX_VERSIONS]
  models: SampleModel[]
}

type Story = { day: number; slugs: string[] } & ({ before: Partial<SampleModel> | 'absent' } | { after: 'absent' })

const TIMES = [
  '2026-06-28T02:00:04.117Z',
  '2026-06-29T02:00:05.902Z',
  '2026-06-30T02:00:03.648Z',
  '2026-07-01T02:00:06.231Z',
  '2026-07-02T02:00:04.585Z',
]
const RESCALE_DAY = 4

const STORIES: Story[] = [
  { day: 1, slugs: ['gemini-3-1-pro'], before: { name: 'Gemini 3.1 Pro Preview (high)' } },
  { day: 1, slugs: ['gemini-3-1-pro-low'], before: { name: 'Gemini 3.1 Pro Preview (low)' } },
  {
    day: 1,
    slugs: ['deepseek-v4-pro', 'deepseek-v4-pro-high', 'deepseek-v4-pro-non-reasoning'],
    before: { input: 1.74, output: 3.48, cacheRead: 0.0145 },
  },
  { day: 2, slugs: ['claude-sonnet-5'], before: 'absent' },
  { day: 3, slugs: ['gemini-2-0-flash-lite'], after: 'absent' },
  { day: 3, slugs: ['grok-4-3-low'], before: 'absent' },
]

export function readSampleDays(): SampleDay[] {
  const models = readSampleModels()
  return TIMES.map((fetchedAt, day) => ({
    fetchedAt,
    indexVersion: day < RESCALE_DAY ? INDEX_VERSIONS.before : INDEX_VERSIONS.after,
    models: models.flatMap((model) => modelOnDay(model, day)),
  }))
}

/** The model as it was on that day; none if it was absent. */
function modelOnDay(model: SampleModel, day: number): SampleModel[] {
  let known = model
  for (const story of STORIES.filter(({ slugs }) => slugs.includes(model.slug))) {
    if ('after' in story) {
      if (day >= story.day) return []
      continue
    }
    if (day >= story.day) continue
    if (story.before === 'absent') return []
    known = { ...known, ...story.before }
  }
  return [known]
}
