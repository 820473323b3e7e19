/** The identities of all rows of a body of models.dev, and nothing else of them. */
import * as z from 'zod'
import { CommandError } from '../../../src/cli/shared/command.ts'

export interface LabelledRow {
  provider: string
  value: string
  name: string
  canonicalId?: string
}

const Row = z.looseObject({ name: z.string(), canonical_model_id: z.string().optional() })
const Body = z.record(z.string(), z.looseObject({ models: z.record(z.string(), Row) }))

export function readLabelledRows(body: unknown): LabelledRow[] {
  const parsed = Body.safeParse(body)
  if (!parsed.success) throw new CommandError(`Cannot read the body: not one of models.dev: ${reasonOf(parsed.error)}`)
  return Object.entries(parsed.data).flatMap(([provider, { models }]) =>
    Object.entries(models).map(([value, { name, canonical_model_id: canonicalId }]) => ({
      provider,
      value,
      name,
      ...(canonicalId !== undefined && { canonicalId }),
    })),
  )
}

function reasonOf({ issues: [issue] }: z.ZodError): string {
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown reason'
}
