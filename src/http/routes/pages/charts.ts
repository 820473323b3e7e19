/** `/charts`: quality against price and speed, for the requested version. */

import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import { compareModels } from '../../../core/model-order.ts'
import type { Model } from '../../../core/schema/model.ts'
import { isVariant } from '../../../core/search/collapse.ts'
import { chartsContent } from '../../../views/pages/charts/charts-page.tsx'
import { firstQuality, QUALITIES } from '../../../views/pages/charts/qualities.ts'
import { readListed } from '../../pages/listed.ts'
import { definePage } from '../../pages/page.ts'
import { flagParam, VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'

const QUERY = z.object({
  ...VERSION_QUERY.shape,
  quality: z.enum(['epoch', 'arena', 'artificialAnalysis']).optional(),
  lab: z.string().optional(),
  openWeights: flagParam('Models whose weights may be downloaded'),
})

export const chartsPage = definePage({
  query: QUERY,
  answer: (request, { quality: asked, lab, openWeights, ...query }) =>
    answerPage(request, query, {
      path: '/charts',
      query: [
        ['quality', asked],
        ['lab', lab],
        ['openWeights', openWeights?.toString()],
      ],
      async content(pointer, frame) {
        const { models } = await readListed(request.exchange.tiers, pointer)
        const firstParty = models.filter((model) => model.firstParty && model.type === 'chat')
        const quality = asked ?? firstQuality(firstParty)
        const scored = firstParty.filter((model) => QUALITIES[quality].of(model) !== undefined)
        const chosen = scored
          .filter((model) => lab === undefined || model.lab === lab)
          .filter((model) => openWeights !== true || model.openWeights)
        const content = chartsContent({
          models: oneOfEachFamily(chosen),
          quality,
          labs: [...new Set(scored.flatMap((model) => model.lab ?? []))].sort(),
          chosen: { lab, openWeights },
          asked: frame.moment?.asked,
        })
        return ok(content)
      },
    }),
})

/** Callable models before measured-only ones, then the shortest id: a dated id is the same model. */
function oneOfEachFamily(models: readonly Model[]): Model[] {
  const ordered = [...models].sort(
    (a, b) => Number(isVariant(a)) - Number(isVariant(b)) || a.value.length - b.value.length || compareModels(a, b),
  )
  return [...new Map(ordered.reverse().map((model) => [model.family, model])).values()]
}
