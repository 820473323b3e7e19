/** Builds one model from the facts of its layers and the facts derived from them. Pure. */
import { compact } from '../compact.ts'
import type { Model } from '../schema/model.ts'
import type { Pricing } from '../schema/pricing.ts'
import { type IqScale, iqOnScale, speedOf } from '../score.ts'
import type { ModelFacts } from '../statements/statement.ts'
import type { Effort, ModelType } from '../vocabulary.ts'
import { aliasOf, blendOf } from './derive.ts'
import { type Entry, layersOf, mergeLayers } from './precedence.ts'
import { statementOf } from './rows.ts'

/** The type of a model whose type no source states. */
export type TypeOf = (row: Untyped) => ModelType
type Untyped = { id: string; name: string } & Pick<ModelFacts, 'series' | 'modalities' | 'capabilities'>

export function buildModel(entry: Entry, scale: IqScale, typeOf: TypeOf): Model {
  const { row, family } = entry
  const { name, id } = statementOf(row)
  const { pricing, ...facts } = compact(mergeLayers(layersOf(entry)))
  return {
    ...facts,
    ...compact(row.identity),
    ...{ id: row.measured?.id ?? id, value: row.value, provider: row.provider },
    ...{ name, alias: aliasOf(name) },
    ...known('effort', effortOf(entry)),
    type: facts.type ?? typeOf({ ...facts, id: row.value, name }),
    ...known('iq', iqOnScale(facts.metrics, scale) ?? family.iq),
    ...known('speed', speedOf(facts.metrics?.outputTokensPerSecond) ?? family.speed),
    ...(pricing && { pricing: withBlend(pricing) }),
    status: facts.status ?? 'active',
  }
}

/** Only variants have an effort: a row that is also listed stands for the whole model. */
function effortOf({ row: { listed, measured } }: Entry): Effort | undefined {
  return listed ? undefined : measured?.variant?.effort
}

function withBlend({ blended: _, ...prices }: Pricing): Pricing {
  const { input, output } = prices
  return { ...known('blended', blendOf({ input, output })), ...prices }
}

/** Thousands of models are built at a time, and leaving a key out is cheaper than dropping it afterwards. */
function known<Key extends string, Fact>(key: Key, fact: Fact | undefined): { [key in Key]?: Fact } | undefined {
  return fact === undefined ? undefined : ({ [key]: fact } as { [key in Key]?: Fact }) // a computed key is any string
}
