/** One model of models.dev, checked and put in the registry's words. */
import * as z from 'zod'
import type { ModalityFlags, StatedFacts, Statement } from '../../core/build/statement.ts'
import { Model } from '../../core/schema/model.ts'
import { MODALITIES, type Modality } from '../../core/vocabulary.ts'
import { SourceSlug, SourceText } from '../source-text.ts'

/** No price comes near; above it sums would overflow. */
const MAX_AMOUNT = 1e12

const Price = z.number().nonnegative().max(MAX_AMOUNT).nullish()
const Limit = z.int().nonnegative().nullish()
const Answer = z.boolean().nullish()
const Names = z.array(z.string()).nullish()

const ModelsDevModel = z.looseObject({
  id: SourceSlug,
  name: SourceText,
  release_date: z.string().nullish(),
  knowledge: z.string().nullish(),
  open_weights: Answer,
  reasoning: Answer,
  tool_call: Answer,
  structured_output: Answer,
  status: z.string().nullish(),
  modalities: z.looseObject({ input: Names, output: Names }).nullish(),
  limit: z.looseObject({ context: Limit, output: Limit }).nullish(),
  cost: z.looseObject({ input: Price, output: Price, cache_read: Price, cache_write: Price }).nullish(),
  provider: z.looseObject({ npm: SourceText.nullish() }).nullish(),
})

/** The API that serves the model, as far as its models share it. */
export interface ModelsDevServer {
  /** The id of models.dev. */
  id: string
  name: string
  npm?: string
  /** The registry's value for the provider whose models these are. */
  provider: string
  /** It is the provider's own. */
  isOwn: boolean
}

/** `undefined` if it is not a model, or not the one it is listed as. */
export function readModel(model: unknown, listedAs: string, server: ModelsDevServer): Statement | undefined {
  const parsed = ModelsDevModel.safeParse(model)
  return parsed.success && parsed.data.id === listedAs ? statementOf(parsed.data, server) : undefined
}

type ModelsDevModel = z.infer<typeof ModelsDevModel>

function statementOf(model: ModelsDevModel, server: ModelsDevServer): Statement {
  return {
    source: 'models.dev',
    id: `models.dev:${server.id}/${model.id}`,
    value: model.id,
    name: model.name,
    creator: { id: server.id, name: server.name },
    provider: server.provider,
    firstParty: server.isOwn,
    facts: factsOf(model, server),
  }
}

function factsOf(model: ModelsDevModel, server: ModelsDevServer): StatedFacts {
  const { cost, limit } = model
  const input = flagsOf(model.modalities?.input)
  const output = flagsOf(model.modalities?.output)
  return {
    releaseDate: valid(Model.shape.releaseDate, model.release_date),
    knowledgeCutoff: valid(Model.shape.knowledgeCutoff, model.knowledge),
    openWeights: model.open_weights ?? undefined,
    status: statusOf(model.status),
    sdk: { model: model.id, npm: model.provider?.npm ?? server.npm },
    modalities: { input, output },
    capabilities: {
      text: output?.text,
      vision: input?.image,
      audio: input?.audio || output?.audio || (input && output && false),
      reasoning: model.reasoning ?? undefined,
      toolUse: model.tool_call ?? undefined,
      json: model.structured_output ?? undefined,
    },
    pricing: {
      input: cost?.input ?? undefined,
      output: cost?.output ?? undefined,
      cacheRead: cost?.cache_read ?? undefined,
      cacheWrite: cost?.cache_write ?? undefined,
    },
    // 0 stands for unknown: it is what image and speech models carry.
    metrics: { contextWindow: limit?.context || undefined, maxOutput: limit?.output || undefined },
  }
}

/** A list is complete: what it does not name is not there. An empty one says nothing. */
function flagsOf(names: string[] | null | undefined): ModalityFlags | undefined {
  if (!names?.length) return undefined
  return Object.fromEntries(MODALITIES.map((modality): [Modality, boolean] => [modality, names.includes(modality)]))
}

/** Some dates are but a month, some a remark: a fact that is not in the registry's form is no fact. */
function valid<T>(schema: z.ZodType<T>, fact: unknown): T | undefined {
  const parsed = schema.safeParse(fact)
  return parsed.success ? parsed.data : undefined
}

function statusOf(status: string | null | undefined): StatedFacts['status'] {
  if (status === 'deprecated') return 'deprecated'
  return status === 'alpha' || status === 'beta' ? 'preview' : undefined
}
