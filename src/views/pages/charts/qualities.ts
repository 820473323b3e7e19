/** The measures of quality that a chart can show. */
import type { Model } from '../../../core/schema/model.ts'

export type Quality = 'epoch' | 'arena' | 'artificialAnalysis'

interface Measure {
  name: string
  source: string
  of: (model: Model) => number | undefined
}

export const QUALITIES: Record<Quality, Measure> = {
  epoch: {
    name: 'Epoch Capabilities Index',
    source: 'Scores by Epoch AI',
    of: ({ metrics }) => metrics?.epochCapabilitiesIndex,
  },
  arena: { name: 'Arena text rating', source: 'Ratings by Arena', of: ({ metrics }) => metrics?.arenaText },
  artificialAnalysis: {
    name: 'Intelligence Index',
    source: 'Scores by Artificial Analysis',
    of: ({ metrics }) => metrics?.intelligenceIndex,
  },
}

/** The first that any model has. */
export function firstQuality(models: readonly Model[]): Quality {
  const order: Quality[] = ['epoch', 'artificialAnalysis', 'arena']
  return order.find((quality) => models.some((model) => QUALITIES[quality].of(model) !== undefined)) ?? 'epoch'
}
