/** Deltas of models.dev with defaults: a test names only what it is about. Everything here is made up. */
import type { Facts } from '../rows.ts'

interface Changes {
  set: Record<string, Facts>
  del: string[]
}

export interface DeltaParts {
  providers?: Partial<Changes>
  models?: Partial<Changes>
  links?: Partial<Changes>
}

export function delta({ providers = {}, models = {}, links = {} }: DeltaParts = {}) {
  const changes = (given: Partial<Changes>): Changes => ({ set: {}, del: [], ...given })
  return { providers: changes(providers), models: changes(models), links: changes(links) }
}

export const acme: Facts = { id: 'acme', name: 'Acme', env: ['ACME_KEY'], npm: '@ai-sdk/acme' }

export const acmeRow = (id: string, facts: Facts = {}): Facts => ({
  id,
  name: id,
  cost: { input: 1, output: 2 },
  ...facts,
})

/** One row of one provider. */
export const firstDelta = () => delta({ providers: { set: { acme } }, models: { set: { 'acme/one': acmeRow('one') } } })

export const backfillDay = (at: string, parts: DeltaParts = {}) => ({ at, source: 'models.dev', delta: delta(parts) })

/** A day on which the only row gets another input price. */
export const priceDay = (at: string, input: number) =>
  backfillDay(at, { models: { set: { 'acme/one': acmeRow('one', { cost: { input, output: 2 } }) } } })
