import * as z from 'zod'
import {
  Key,
  KeyedModelOverride,
  KeyedOverride,
  KeyedProviderOverride,
} from '../../../core/overrides/override-schema.ts'
import type { TargetChange } from '../../../registry/changes/override-changes.ts'
import { readJson } from '../../request/request-body.ts'
import { defineRoute } from '../../route.ts'
import { answerChange, CHANGE_FAILURES, CHANGE_QUERY, CHANGED, invalidOverride } from './override-change.ts'

const MAX_BULK = 1000

const Deletion = z.strictObject({ provider: Key, value: Key.optional(), delete: z.literal(true) })
const Bulk = z
  .array(z.union([KeyedOverride, Deletion]))
  .min(1)
  .max(MAX_BULK)

/** The same, with each item checked by the schema of its kind, so that an error names the field. */
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
  if (typeof item !== 'object' || item === null) return Deletion
  if ('delete' in item) return Deletion
  return 'value' in item ? KeyedModelOverride : KeyedProviderOverride
}

const EXAMPLE = [
  {
    provider: 'openai',
    value: 'gpt-4o',
    set: { pricing: { input: 2.5 } },
    note: 'According to the price list of the lab',
  },
  { provider: 'openai', value: 'gpt-4o-mini', delete: true },
]

export const bulkOverrides = defineRoute({
  method: 'POST',
  path: '/v1/admin/overrides',
  access: 'admin',
  summary: 'Put and delete several overrides in one commit, all or nothing',
  query: CHANGE_QUERY,
  requestBody: {
    description: `At most ${MAX_BULK} items; "delete": true deletes the override`,
    schema: Bulk,
    example: EXAMPLE,
  },
  response: CHANGED,
  failures: CHANGE_FAILURES,
  async handle(exchange, _params, { dryRun = false }) {
    const body = await readJson(exchange.request, AnyBulk)
    if (!body.ok) return body
    const repeated = firstRepeated(body.value)
    if (repeated) return invalidOverride(`lists "${repeated}" twice`)
    const changes = body.value.map((item): TargetChange => {
      const target = {
        provider: item.provider,
        ...('value' in item && item.value !== undefined && { value: item.value }),
      }
      return 'delete' in item ? target : { ...target, override: item }
    })
    return answerChange(exchange, changes, dryRun)
  },
})

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
