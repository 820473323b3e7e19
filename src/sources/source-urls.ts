/** The default URL of each source. Separate from the sources, because reads need the settings but no source. */
import type { SourceName } from '../core/vocabulary.ts'

export const SOURCE_URLS: Record<SourceName, string> = {
  'artificial-analysis': 'https://artificialanalysis.ai/api/v2',
  'models.dev': 'https://models.dev/api.json',
  epoch: 'https://epoch.ai/data/eci_scores.csv',
  arena: 'https://datasets-server.huggingface.co',
}

/** The card that states the licence of Arena's dataset. */
export const ARENA_CARD_URL = 'https://huggingface.co/api/datasets/lmarena-ai/leaderboard-dataset'
