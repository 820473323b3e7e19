/** Where each source is by default. Apart from the sources, because reads need settings and nothing of a source. */
import type { SourceName } from '../core/vocabulary.ts'

export const SOURCE_URLS: Record<SourceName, string> = {
  'artificial-analysis': 'https://artificialanalysis.ai/api/v2',
  'models.dev': 'https://models.dev/api.json',
  epoch: 'https://epoch.ai/data/eci_scores.csv',
  arena: 'https://datasets-server.huggingface.co',
}

/** Where the licence of Arena's dataset is stated. */
export const ARENA_CARD_URL = 'https://huggingface.co/api/datasets/lmarena-ai/leaderboard-dataset'
