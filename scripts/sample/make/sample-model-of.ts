/** What models.dev states about a model, in the format of the sample. */
import { isDeepStrictEqual } from 'node:util'
import { CommandError } from '../../../src/cli/shared/command.ts'
import type { ModelStatement } from '../../../src/core/statements/statement.ts'
import type { JsonObject } from '../../../src/sources/field-reader.ts'
import { readShare } from '../../../src/sources/models-dev/read-body.ts'
import { rowOf, type SampleModel, STATED_FLAGS } from '../sample-model.ts'

/** `provider` is the listed provider without its models. Nothing that the registry reads is lost. */
export function sampleModelOf(statement: ModelStatement, provider: JsonObject): SampleModel {
  const model = withoutUnknown(compactOf(statement))
  const [restated] = readShare({ ...provider, models: { [statement.value]: rowOf(model) } }).models
  if (!isDeepStrictEqual(restated, statement))
    throw new CommandError(`Cannot put "${statement.id}" into the sample: its facts differ when they are read back`)
  return model
}

function compactOf({ name, canonicalId, facts }: ModelStatement): {
  [K in keyof SampleModel]: SampleModel[K] | undefined
} {
  const { reasoning = {}, capabilities = {}, metrics = {}, modalities, sdk, status } = facts
  const flags = Object.entries(capabilities).filter(([flag]) => STATED_FLAGS.includes(flag))
  const having = (value: boolean) => wordsOf(flags.filter(([, able]) => able === value).map(([flag]) => flag))
  const { model: _, ...call } = sdk ?? { model: '' }
  return {
    name,
    canonicalId,
    series: facts.series,
    status: status === 'active' ? undefined : status,
    releaseDate: facts.releaseDate,
    lastUpdated: facts.lastUpdated,
    knowledgeCutoff: facts.knowledgeCutoff,
    retiresOn: facts.retiresOn,
    input: wordsOf(modalities?.input),
    output: wordsOf(modalities?.output),
    contextWindow: metrics.contextWindow,
    maxInput: metrics.maxInput,
    maxOutput: metrics.maxOutput,
    can: having(true),
    cannot: having(false),
    openWeights: facts.openWeights,
    efforts: wordsOf(reasoning.efforts),
    toggle: reasoning.toggle,
    budget: reasoning.budget,
    pricing: facts.pricing,
    sdk: Object.keys(call).length > 0 ? call : undefined,
  }
}

const wordsOf = (words: readonly string[] = []): string | undefined => words.join(' ') || undefined

function withoutUnknown(model: ReturnType<typeof compactOf>): SampleModel {
  const known = Object.entries(model).filter(([, fact]) => fact !== undefined)
  return Object.fromEntries(known) as unknown as SampleModel // the keys left have facts, and `name` is one of them
}
