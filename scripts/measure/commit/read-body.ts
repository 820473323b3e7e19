/** A body of models.dev, and the same with some rows changed. */
import * as z from 'zod'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { readJsonFile } from '../../../src/cli/shared/files.ts'
import { Chance } from '../shared/seeded-chance.ts'

const Row = z.looseObject({ cost: z.looseObject({ input: z.number(), output: z.number() }).optional() })
const Body = z.record(z.string(), z.looseObject({ models: z.record(z.string(), Row) }))
export type Body = z.infer<typeof Body>

export async function readBody(file: string): Promise<Body> {
  const body = Body.safeParse(await readJsonFile(file))
  if (body.success) return body.data
  throw new CommandError(`Cannot measure "${file}": it is no body of models.dev`)
}

/** Prices of so many rows, anywhere in the body, move by a few percent. Returns another body. */
export function changeRows(body: Body, count: number, seed: number): Body {
  const chance = new Chance(seed)
  const changed = structuredClone(body)
  const rows = Object.values(changed).flatMap(({ models }) => Object.values(models))
  const priced = rows.flatMap(({ cost }) => (cost && cost.input > 0 && cost.output > 0 ? [cost] : []))
  for (const cost of chance.pick(priced, count)) {
    const factor = chance.between(1.01, 1.05, 4)
    cost.input = Number((cost.input * factor).toFixed(6))
    cost.output = Number((cost.output * factor).toFixed(6))
  }
  return changed
}
