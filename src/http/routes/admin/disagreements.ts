import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import { Disagreement } from '../../../core/schema/operations.ts'
import { storedJsonView } from '../../../views/json-view.ts'
import { NO_QUERY } from '../../request/query.ts'
import { defineRoute } from '../../route.ts'

const disagreements = defineRoute({
  method: 'GET',
  path: '/v1/admin/disagreements',
  access: 'admin',
  summary: 'Facts on which two sources disagree by more than rounding',
  query: NO_QUERY,
  response: { description: 'By provider and value, in the order of the manifest', schema: z.array(Disagreement) },
  failures: ['conflict'],
  async handle({ registry }) {
    const listed = await registry.disagreements()
    return listed.ok ? ok({ body: storedJsonView(listed.value), lifetime: 'none' }) : listed
  },
})

export const adminDisagreementRoutes = [disagreements]
