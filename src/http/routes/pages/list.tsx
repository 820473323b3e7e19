/** `/`: all models. */
import { listContent } from '../../../views/pages/list/list-page.tsx'
import { definePage } from '../../pages/page.ts'
import { answerPage } from '../../pages/versioned-page.ts'
import { VERSION_QUERY } from '../../request/query.ts'

export const listPage = definePage({
  query: VERSION_QUERY,
  answer: (request, query) =>
    answerPage(request, query, {
      path: '/',
      query: [],
      content: ({ manifest }) => listContent(manifest.models.filter((model) => model.firstParty).slice(0, 100)),
    }),
})
