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
  throw new CommandError(`Cannot measure "${file}": it is not a body of models.dev`)
}

/** Prices of so many rows move by a few percent: of a few providers, as on most days, or anywhere. Returns another body. */
export function changeRows(body: Body, count: number, seed: number, isScattered = false): Body {
  const chance = new Chance(seed)
  const changed = structuredClone(body)
  const priced = Object.values(changed).map(({ models }) => Object.values(models).flatMap(pricesOf))
  const rows = isScattered ? priced.flat() : rowsOfFew(priced, count, chance)
  for (const cost of chance.pick(rows, count)) {
    const factor = chance.between(1.01, 1.05, 4)
    cost.input = Number((cost.input * factor).toFixed(6))
    cost.output = Number((cost.output * factor).toFixed(6))
  }
  return changed
}

type Cost = NonNullable<z.infer<typeof Row>['cost']>

const pricesOf = ({ cost }: z.infer<typeof Row>): Cost[] => (cost && cost.input > 0 && cost.output > 0 ? [cost] : [])

/** Of as many providers as are needed, in random order. */
function rowsOfFew(providers: Cost[][], count: number, chance: Chance): Cost[] {
  const rows: Cost[] = []
  for (const provider of chance.pick(providers, providers.length)) if (rows.length < count) rows.push(...provider)
  return rows
}
