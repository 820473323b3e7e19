/** Explains models from what was kept of their parts, and from a plan of everything, and compares. */
import { expect } from 'vitest'
import { requireBuildSettings } from '../../../src/config.ts'
import { keyOf } from '../../../src/core/model-order.ts'
import type { ModelKey } from '../../../src/core/schema/model.ts'
import { explainModel } from '../../../src/registry/build/explain-model.ts'
import { Explainer } from '../../../src/registry/build/explainer.ts'
import { type OpenedRegistry, unwrap } from './opened-registry.ts'
import { current } from './overriding.ts'

/** For every current model, and for other keys. Returns how many had to be planned. */
export function expectSameExplanations(opened: OpenedRegistry, others: readonly ModelKey[] = []): number {
  const { db, config } = opened
  const settings = unwrap(requireBuildSettings(config))
  const keys = [...new Map([...current(opened).models, ...others].map((key) => [keyOf(key), key])).values()]
  // All of them before the first plan, which stores what is missing.
  const short = keys.map((key) => explainModel(db, settings, key))
  const explainer = new Explainer({ db, config })
  for (const [index, key] of keys.entries()) {
    const planned = explainer.explainByPlan(key)
    if (short[index] === 'unknown') expect(explainer.explain(key)).toEqual(planned)
    else expect({ ok: true, value: short[index] }).toEqual(planned)
  }
  return short.filter((one) => one === 'unknown').length
}
