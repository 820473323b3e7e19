/** `/charts`: quality against price and speed, of the version that is asked for. */

import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import type { Pointer } from '../../../core/schema/history.ts'
import type { Model } from '../../../core/schema/model.ts'
import { isVariant } from '../../../core/search/collapse.ts'
import { BoundedMap } from '../../../edge/bounded-map.ts'
import { loadVersion } from '../../../edge/read-version.ts'
import type { Tiers } from '../../../edge/tiers.ts'
import { chartsContent } from '../../../views/pages/charts/charts-page.tsx'
import { firstQuality, QUALITIES } from '../../../views/pages/charts/qualities.ts'
import { definePage } from '../../pages/page.ts'
import { flagParam, VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'
import { wholeManifest } from '../../pages/whole-manifest.ts'

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
        const firstParty = await readFirstParty(request.exchange.tiers, pointer)
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

/** Of the current version, and of one of the past: all models are parsed for them, whatever lab is then asked for. */
const MAX_KNOWN = 2
const known = new BoundedMap<Model[]>(MAX_KNOWN)

async function readFirstParty(tiers: Tiers, pointer: Pointer): Promise<Model[]> {
  const ready = known.get(pointer.etag)
  if (ready) return ready
  const { models } = wholeManifest(await loadVersion(tiers, pointer))
  const firstParty = models.filter((model) => model.firstParty && model.type === 'chat')
  known.set(pointer.etag, firstParty, 1)
  return firstParty
}

/** What can be called before what was only measured, then the shortest id: a dated one is the same model. */
function oneOfEachFamily(models: readonly Model[]): Model[] {
  const ordered = [...models].sort(
    (a, b) => Number(isVariant(a)) - Number(isVariant(b)) || a.value.length - b.value.length,
  )
  return [...new Map(ordered.reverse().map((model) => [model.family, model])).values()]
}
