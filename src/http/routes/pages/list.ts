/** `/`: all models. */
import * as z from 'zod'
import { fail, ok } from '../../../core/failure.ts'
import { unknownNames } from '../../../core/search/refusals.ts'
import { CAPABILITIES, MODEL_TYPES } from '../../../core/vocabulary.ts'
import { LIST_COLUMNS, SORTS } from '../../../views/pages/list/list-columns.ts'
import { listContent } from '../../../views/pages/list/list-page.tsx'
import { isFiltered, queryOf } from '../../../views/pages/list/list-query.ts'
import { readListed } from '../../pages/listed.ts'
import { definePage } from '../../pages/page.ts'
import { flagParam, numberParam, VERSION_QUERY } from '../../pages/page-query.ts'
import { readPriceChanges } from '../../pages/price-changes.ts'
import { answerPage } from '../../pages/versioned-page.ts'
import { invalidNames } from '../../unknown-provider.ts'

const LIST_QUERY = VERSION_QUERY.extend({
  q: z.string().optional(),
  provider: z.array(z.string()).optional(),
  lab: z.array(z.string()).optional(),
  type: z.array(z.enum(MODEL_TYPES)).optional(),
  capability: z.array(z.enum(CAPABILITIES)).optional(),
  firstParty: flagParam('Whether its own lab offers it'),
  openWeights: flagParam('Whether the weights may be downloaded'),
  minContextWindow: numberParam(z.int().nonnegative()).optional(),
  maxInputPrice: numberParam(z.number().nonnegative()).optional(),
  sort: z.enum(SORTS).optional(),
  col: z.array(z.enum(LIST_COLUMNS.map(({ key }) => key))).optional(),
  page: numberParam(z.int().min(1)).optional(),
})

export const listPage = definePage({
  query: LIST_QUERY,
  answer(request, { version, at, ...query }) {
    const { tiers } = request.exchange
    return answerPage(
      request,
      { version, at },
      {
        path: '/',
        query: queryOf(query, { page: query.page }),
        async content(pointer) {
          const listed = await readListed(tiers, pointer)
          const known = {
            providers: [...listed.providerNames.keys()],
            labs: query.lab ? listed.columns.words.lab.words : [],
          }
          const unknown = unknownNames({ provider: query.provider ?? [], lab: query.lab ?? [] }, known)
          if (unknown.length > 0) return fail(invalidNames(unknown))
          const isFront = !isFiltered(query) && query.sort === undefined
          const content = listContent({
            listed,
            query,
            columnsPath: `/columns/${pointer.version}`,
            today: pointer.generatedAt.slice(0, 10),
            ...(isFront && { priceChanges: await readPriceChanges(request.exchange, pointer, listed) }),
          })
          return ok(content)
        },
      },
    )
  },
})
