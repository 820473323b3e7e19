/** `/columns/:version`: what the script of the list searches. It is immutable, because it is named by its version. */
import { ok } from '../../../core/failure.ts'
import { readColumns } from '../../pages/listed.ts'
import { definePage } from '../../pages/page.ts'
import { NO_QUERY } from '../../pages/page-query.ts'
import { answerOf, chooseVersion } from '../../versioned.ts'

export const columns = definePage({
  query: NO_QUERY,
  async answer({ exchange, params: { version = '' } }) {
    const chosen = await chooseVersion(exchange, { version })
    if (!chosen.ok) return chosen
    return ok({ ...answerOf(chosen.value), body: () => readColumns(exchange.tiers, chosen.value.version) })
  },
})
