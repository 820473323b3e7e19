/** Pulls of a model that overrides build on, and of another model, for tests of overrides after later pulls. */
import { aaRow, type Facts } from '../rows.ts'
import { MINUTE, type OpenedRegistry } from './opened-registry.ts'

export const BASE = { provider: 'acme', value: 'base' }
export const MADE = { provider: 'acme', value: 'made', inheritFrom: BASE }
export const priced = (price: number): Facts[] => [
  aaRow({
    slug: 'base',
    name: `Base ${price}`,
    pricing: { price_1m_input_tokens: price, price_1m_output_tokens: price },
  }),
  aaRow({ slug: 'other' }),
]
export const OTHER = [aaRow({ slug: 'other' })]

/** Accepts a pull a minute later, without the guard. */
export async function pull(opened: OpenedRegistry, rows: Facts[], options: { indexVersion?: number } = {}) {
  await opened.pass(MINUTE)
  opened.source.serve(rows, options)
  return opened.registry.refresh({ forced: true })
}
