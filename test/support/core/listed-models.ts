/** Models as the sources list them: a row of models.dev under its API id, and a variant of Artificial Analysis. */
import type { Model } from '../../../src/core/schema/model.ts'
import { model } from '../rows.ts'

export function row(value: string, facts: Partial<Model> = {}): Model {
  const { provider = 'acme' } = facts
  return model({ id: `models.dev:${provider}/${value}`, value, sdk: { model: value }, ...facts })
}

export function variant(value: string, facts: Partial<Model> = {}): Model {
  return model({ value, ...facts })
}
