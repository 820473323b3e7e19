/** Every source of the registry. */
import type { SourceName } from '../core/vocabulary.ts'
import { ARENA } from './arena/arena.ts'
import { ARTIFICIAL_ANALYSIS } from './artificial-analysis/artificial-analysis.ts'
import { EPOCH } from './epoch/epoch.ts'
import { MODELS_DEV } from './models-dev/models-dev.ts'
import type { Source } from './source.ts'

export const SOURCES: readonly Source[] = [ARTIFICIAL_ANALYSIS, MODELS_DEV, EPOCH, ARENA]

export function sourceNamed(name: SourceName): Source {
  const source = SOURCES.find((candidate) => candidate.name === name)
  if (!source) throw new Error(`Cannot use the source "${name}": no such source`)
  return source
}
