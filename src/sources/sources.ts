/** Every source of the registry. */
import type { SourceName } from '../core/vocabulary.ts'
import { ARTIFICIAL_ANALYSIS } from './artificial-analysis/artificial-analysis.ts'
import { MODELS_DEV } from './models-dev/models-dev.ts'
import type { Source } from './source.ts'

export const SOURCES: Readonly<Record<SourceName, Source>> = {
  'artificial-analysis': ARTIFICIAL_ANALYSIS,
  'models.dev': MODELS_DEV,
}
