import * as z from 'zod'
import { fail, ok } from '../../../core/failure.ts'
import {
  Key,
  KeyedModelOverride,
  KeyedOverride,
  KeyedProviderOverride,
  ModelOverrideBody,
  ProviderOverrideBody,
} from '../../../core/overrides/override-schema.ts'
import { Diff } from '../../../core/schema/history.ts'
import { Outcome, OverrideChange } from '../../../core/schema/operations.ts'
import type { TargetChange } from '../../../registry/changes/override-changes.ts'
import { etagOfOverride } from '../../../registry/changes/preconditions.ts'
import type { ActiveOverride } from '../../../registry/store/override-record.ts'
import { type Answered, type Exchange, jsonBody } from '../../exchange.ts'
import { advance } from '../../reply/outcome.ts'
import { readPreconditions } from '../../request/preconditions.ts'
import { flagParam, NO_QUERY, numberParam } from '../../request/query.ts'
import { readJson } from '../../request/request-body.ts'
import { defineRoute, type PathParams } from '../../route.ts'

const MAX_BULK = 1000
const MAX_PAGE = 500
const DEFAULT_PAGE = 100

const CHANGE_QUERY = z.object({ dryRun: flagParam('Show what it would change, and write nothing') })
const Author = { at: z.string(), by: z.string().meta({ description: 'The name of the token' }) }
const Active = KeyedOverride.and(z.object(Author))
const OverrideOutcome = Outcome.extend({ diff: Diff.optional() })
const Withdrawal = z.strictObject({ provider: Key, value: Key.optional(), delete: z.literal(true) })
const Bulk = z
  .array(z.union([KeyedOverride, Withdrawal]))
  .min(1)
  .max(MAX_BULK)

/** The same, each item checked by the schema of what it is, so that an error names its field. */
const AnyBulk = z
  .array(z.unknown())
  .min(1)
  .max(MAX_BULK)
  .transform((items, context) => {
    const checked = items.map((item) => schemaOf(item).safeParse(item))
    for (const [index, { error }] of checked.entries())
      for (const { path, message } of error?.issues ?? [])
        context.addIssue({ code: 'custom', path: [index, ...path], message })
    return checked.flatMap(({ data }) => data ?? [])
  })

function schemaOf(item: unknown) {
  if (typeof item !== 'object' || item === null) return Withdrawal
  if ('delete' in item) return Withdrawal
  return 'value' in item ? KeyedModelOverride : KeyedProviderOverride
}

const CHANGED = { description: 'What it came to, and what it changed in the manifest', schema: OverrideOutcome }
const FAILURES = [
  'not-found',
  'conflict',
  'precondition-failed',
  'too-large',
  'empty-registry',
  'configuration',
] as const

/** The two kinds of target: a path each, and what may be said of it. */
const TARGETS = [
  { what: 'model', path: '/v1/admin/overrides/models/:provider/:value{[^]+}', schema: ModelOverrideBody },
  { what: 'provider', path: '/v1/admin/overrides/providers/:provider', schema: ProviderOverrideBody },
] as const

const targetRoutes = TARGETS.flatMap(({ what, path, schema }) => [
  defineRoute({
    method: 'PUT',
    path,
    access: 'admin',
    summary: `Correct a ${what}, or create one`,
    query: CHANGE_QUERY,
    requestBody: { description: 'Replaces an override that is there', schema },
    response: CHANGED,
    failures: FAILURES,
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
      return change(exchange, [{ ...target.value, override }], dryRun)
    },
  }),
  defineRoute({
    method: 'DELETE',
    path,
    access: 'admin',
    summary: `Take the override of a ${what} back`,
    query: CHANGE_QUERY,
    response: CHANGED,
    failures: FAILURES,
    async handle(exchange, params, { dryRun = false }) {
      const target = readTarget(params)
      return target.ok ? change(exchange, [target.value], dryRun) : target
    },
  }),
  defineRoute({
    method: 'GET',
    path,
    access: 'admin',
    summary: `The override of a ${what}, with its history`,
    query: NO_QUERY,
    response: { description: 'The override', schema: Active.and(z.object({ history: z.array(OverrideChange) })) },
    failures: ['not-found'],
    async handle({ registry }, params) {
      const target = readTarget(params)
      if (!target.ok) return target
      const found = await registry.override(target.value)
      if (!found.ok) return found
      if (!found.value) return fail({ code: 'not-found', detail: 'Cannot read the override: there is none active' })
      const changes = await registry.overrideChanges({ target: target.value, limit: MAX_PAGE })
      if (!changes.ok) return changes
      const body = jsonBody({ ...toJson(found.value), history: JSON.parse(new TextDecoder().decode(changes.value)) })
      return ok({ body, lifetime: 'none', headers: { etag: etagOfOverride(found.value.id) } })
    },
  }),
])

const list = defineRoute({
  method: 'GET',
  path: '/v1/admin/overrides',
  access: 'admin',
  summary: 'The active overrides',
  query: NO_QUERY,
  response: { description: 'Sorted by provider and value', schema: z.array(Active) },
  failures: [],
  async handle({ registry }) {
    const active = await registry.overrides()
    return active.ok ? ok({ body: jsonBody(active.value.map(toJson)), lifetime: 'none' }) : active
  },
})

const bulk = defineRoute({
  method: 'POST',
  path: '/v1/admin/overrides',
  access: 'admin',
  summary: 'Put and take back many at once, all or nothing, as one version',
  query: CHANGE_QUERY,
  requestBody: { description: `At most ${MAX_BULK}; one with "delete": true is taken back`, schema: Bulk },
  response: CHANGED,
  failures: FAILURES,
  async handle(exchange, _params, { dryRun = false }) {
    const body = await readJson(exchange.request, AnyBulk)
    if (!body.ok) return body
    const repeated = firstRepeated(body.value)
    if (repeated) return invalid(`is listed twice: ${repeated}`)
    const changes = body.value.map((item): TargetChange => {
      const target = {
        provider: item.provider,
        ...('value' in item && item.value !== undefined && { value: item.value }),
      }
      return 'delete' in item ? target : { ...target, override: item }
    })
    return change(exchange, changes, dryRun)
  },
})

const history = defineRoute({
  method: 'GET',
  path: '/v1/admin/overrides/history',
  access: 'admin',
  summary: 'Every change of an override ever, newest first',
  query: z.object({
    limit: numberParam(z.int().min(1).max(MAX_PAGE))
      .optional()
      .meta({ description: `Default ${DEFAULT_PAGE}` }),
    before: numberParam(z.int().nonnegative()).optional().meta({ description: 'Only changes of a lower id' }),
  }),
  response: { description: 'When, who, what and why; Link names the next page', schema: z.array(OverrideChange) },
  failures: [],
  async handle({ registry }, _params, { limit = DEFAULT_PAGE, before }) {
    const changes = await registry.overrideChanges({ limit, ...(before !== undefined && { before }) })
    if (!changes.ok) return changes
    const bytes = changes.value
    const page: OverrideChange[] = JSON.parse(new TextDecoder().decode(bytes))
    const last = page.length === limit ? page.at(-1) : undefined
    const headers = last && { link: `</v1/admin/overrides/history?limit=${limit}&before=${last.id}>; rel="next"` }
    return ok({ body: { bytes }, lifetime: 'none', ...(headers && { headers }) })
  },
})

async function change(exchange: Exchange, changes: TargetChange[], dryRun: boolean): Promise<Answered> {
  const { request, registry, admin } = exchange
  const preconditions = readPreconditions(request.headers)
  const result = await registry.changeOverrides({ changes, by: admin, dryRun, ...preconditions })
  if (!result.ok) return result
  if (!dryRun) await advance(exchange)
  return ok({ body: { bytes: result.value }, lifetime: 'none' })
}

function readTarget(params: PathParams) {
  const parsed = z.object({ provider: Key, value: Key.optional() }).safeParse(params)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  return invalid(issue?.message ?? 'is not valid', String(issue?.path[0] ?? 'path'))
}

function firstRepeated(items: { provider: string; value?: string | undefined }[]): string | undefined {
  const seen = new Set<string>()
  for (const { provider, value } of items) {
    // No key holds a control character.
    const key = `${provider}\n${value ?? ''}`
    if (seen.has(key)) return value === undefined ? provider : `${provider}/${value}`
    seen.add(key)
  }
  return undefined
}

function invalid(message: string, field = 'body') {
  return fail({
    code: 'invalid-request',
    detail: `Cannot take the override: "${field}" ${message}`,
    errors: [{ field, message }],
  })
}

const toJson = ({ override, at, by }: ActiveOverride) => ({ ...override, at: new Date(at).toISOString(), by })

export const adminOverrideRoutes = [history, list, bulk, ...targetRoutes]
