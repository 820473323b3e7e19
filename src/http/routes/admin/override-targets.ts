import * as z from 'zod'
import { fail, ok } from '../../../core/failure.ts'
import { Key, KeyedOverride, ModelOverrideBody, ProviderOverrideBody } from '../../../core/overrides/override-schema.ts'
import { OverrideChange } from '../../../core/schema/operations.ts'
import type { TargetChange } from '../../../registry/changes/override-changes.ts'
import { etagOfOverride } from '../../../registry/changes/preconditions.ts'
import type { ActiveOverride } from '../../../registry/store/override-record.ts'
import { jsonView } from '../../../views/json-view.ts'
import { NO_QUERY } from '../../request/query.ts'
import { readJson } from '../../request/request-body.ts'
import { defineRoute, type PathParams } from '../../route.ts'
import { answerChange, CHANGE_FAILURES, CHANGE_QUERY, CHANGED, invalidOverride } from './override-change.ts'

/** More than any override has been changed. */
const MAX_HISTORY = 500

const Author = { at: z.string(), by: z.string().meta({ description: 'The name of the token' }) }
export const ActiveOverrideBody = KeyedOverride.and(z.object(Author))

const NOTE = 'According to the documentation of the provider'

/** The two kinds of target, each with its path and the schema of its override. */
const TARGETS = [
  {
    what: 'model',
    path: '/v1/admin/overrides/models/:provider/:value{[^]+}',
    schema: ModelOverrideBody,
    example: { set: { pricing: { input: 2.5 } }, note: NOTE },
  },
  {
    what: 'provider',
    path: '/v1/admin/overrides/providers/:provider',
    schema: ProviderOverrideBody,
    example: { set: { website: 'https://platform.openai.com/api-keys' }, note: NOTE },
  },
] as const

export const overrideTargetRoutes = TARGETS.flatMap(({ what, path, schema, example }) => [
  defineRoute({
    method: 'PUT',
    path,
    access: 'admin',
    summary: `Correct a ${what}, or create one`,
    query: CHANGE_QUERY,
    requestBody: { description: 'Replaces the active override, if there is one', schema, example },
    response: CHANGED,
    failures: CHANGE_FAILURES,
    async handle(exchange, params, { dryRun = false }) {
      const target = readTarget(params)
      if (!target.ok) return target
      const body = await readJson<z.infer<typeof ModelOverrideBody> | z.infer<typeof ProviderOverrideBody>>(
        exchange.request,
        schema,
      )
      if (!body.ok) return body
      // The path decides which of the two schemas has just checked the body.
      const override = { ...target.value, ...body.value } as TargetChange['override']
      return answerChange(exchange, [{ ...target.value, override }], dryRun)
    },
  }),
  defineRoute({
    method: 'DELETE',
    path,
    access: 'admin',
    summary: `Delete the override of a ${what}`,
    query: CHANGE_QUERY,
    response: CHANGED,
    failures: CHANGE_FAILURES,
    async handle(exchange, params, { dryRun = false }) {
      const target = readTarget(params)
      return target.ok ? answerChange(exchange, [target.value], dryRun) : target
    },
  }),
  defineRoute({
    method: 'GET',
    path,
    access: 'admin',
    summary: `The override of a ${what}, with its history`,
    query: NO_QUERY,
    response: {
      description: 'The override',
      schema: ActiveOverrideBody.and(z.object({ history: z.array(OverrideChange) })),
    },
    failures: ['not-found'],
    async handle({ registry }, params) {
      const target = readTarget(params)
      if (!target.ok) return target
      const found = await registry.override(target.value)
      if (!found.ok) return found
      if (!found.value) return fail({ code: 'not-found', detail: 'Cannot read the override: no active override' })
      const changes = await registry.overrideChanges({ target: target.value, limit: MAX_HISTORY })
      if (!changes.ok) return changes
      const active: ActiveOverride = JSON.parse(new TextDecoder().decode(found.value))
      const body = jsonView({
        ...overrideJson(active),
        history: JSON.parse(new TextDecoder().decode(changes.value)),
      })
      return ok({ body, lifetime: 'none', headers: { etag: etagOfOverride(active.id) } })
    },
  }),
])

function readTarget(params: PathParams) {
  const parsed = z.object({ provider: Key, value: Key.optional() }).safeParse(params)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  return invalidOverride(issue?.message ?? 'is not valid', String(issue?.path[0] ?? 'path'))
}

export const overrideJson = ({ override, at, by }: ActiveOverride): object => ({
  ...override,
  at: new Date(at).toISOString(),
  by,
})
