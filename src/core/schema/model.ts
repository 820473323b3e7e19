/**
 * The shapes of facts, declared once: types, validation and OpenAPI all come from here.
 * An unknown fact is an absent key, never null and never 0. Nothing here reads a clock, a network or a store.
 */
import * as z from 'zod'
import { CAPABILITIES, EFFORTS, MODALITIES, STATUSES } from '../vocabulary.ts'

const Status = z.enum(STATUSES).meta({ description: 'Whether it is in ordinary use' })
const Score = z.int().min(0).max(5)
/** Far above any price or measure, far below where sums of them overflow. */
const MAX_AMOUNT = 1e12
const Amount = z.number().nonnegative().max(MAX_AMOUNT)
const Price = Amount
const Seconds = Amount
const Tokens = z.int().positive()
const Index = z.number().min(-MAX_AMOUNT).max(MAX_AMOUNT)
const Flag = z.boolean().optional()

export const Provider = z
  .object({
    value: z.string().min(1).meta({ description: 'Slug, unique in the registry' }),
    name: z.string().min(1).meta({ description: 'Display name' }),
    keyPlaceholder: z.string().optional().meta({ description: 'What an API key looks like' }),
    website: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ description: 'Where to get an API key' }),
    status: Status,
  })
  .meta({ id: 'Provider', description: 'Who makes or serves models' })
export type Provider = z.infer<typeof Provider>

export const Capabilities = z
  .object(flagsOf(CAPABILITIES))
  .meta({ description: 'What the model can do; an absent key is unknown' })
export type Capabilities = z.infer<typeof Capabilities>

export const Pricing = z
  .object({
    input: Price.optional().meta({ description: 'USD per 1M input tokens' }),
    output: Price.optional().meta({ description: 'USD per 1M output tokens' }),
    blended: Price.optional().meta({ description: 'USD per 1M tokens at 3 input to 1 output' }),
    cacheRead: Price.optional().meta({ description: 'USD per 1M tokens read from the prompt cache' }),
    cacheWrite: Price.optional().meta({ description: 'USD per 1M tokens written to the prompt cache' }),
  })
  .meta({ description: 'Prices in USD per 1M tokens' })
export type Pricing = z.infer<typeof Pricing>

export const Metrics = z
  .object({
    intelligenceIndex: Index.optional().meta({ description: 'Intelligence Index of Artificial Analysis' }),
    intelligenceIndexVersion: Index.optional().meta({ description: 'Scale of the Intelligence Index' }),
    codingIndex: Index.optional().meta({ description: 'Coding Index of Artificial Analysis' }),
    agenticIndex: Index.optional().meta({ description: 'Agentic Index of Artificial Analysis' }),
    outputTokensPerSecond: Amount.optional().meta({ description: 'Median, tokens per second' }),
    timeToFirstToken: Seconds.optional().meta({ description: 'Median, seconds' }),
    timeToFirstAnswer: Seconds.optional().meta({ description: 'Median to the first answer token, seconds' }),
    endToEnd: Seconds.optional().meta({ description: 'Median of a whole response, seconds' }),
    contextWindow: Tokens.optional().meta({ description: 'Tokens' }),
    maxOutput: Tokens.optional().meta({ description: 'Tokens' }),
  })
  .meta({ description: 'Measured and declared figures' })
export type Metrics = z.infer<typeof Metrics>

export const Sdk = z
  .object({
    model: z.string().min(1).meta({ description: "The id that the provider's own API takes" }),
    npm: z.string().min(1).optional().meta({ description: 'Package of the AI SDK' }),
  })
  .meta({ description: 'How to call the model' })
export type Sdk = z.infer<typeof Sdk>

const ModalityList = z.array(z.enum(MODALITIES))
export const Modalities = z
  .object({ input: ModalityList, output: ModalityList })
  .meta({ description: 'What goes in and what comes out' })
export type Modalities = z.infer<typeof Modalities>

export const Model = z
  .object({
    id: z.string().min(1).meta({ description: "The source's id; custom:<provider>:<value> when it has none" }),
    value: z.string().min(1).meta({ description: 'Slug, unique inside its provider' }),
    provider: z.string().min(1).meta({ description: "The provider's value" }),
    name: z.string().min(1).meta({ description: 'Display name' }),
    alias: z.string().min(1).meta({ description: 'The name without its trailing "(...)" groups' }),
    family: z.string().min(1).meta({ description: 'Shared by the effort variants of one model; inside its provider' }),
    effort: z.enum(EFFORTS).optional().meta({ description: 'Reasoning effort that this variant stands for' }),
    sdk: Sdk.optional(),
    capabilities: Capabilities.optional(),
    iq: Score.optional().meta({ description: 'Intelligence, 0 to 5' }),
    speed: Score.optional().meta({ description: 'Speed, 0 to 5' }),
    pricing: Pricing.optional(),
    metrics: Metrics.optional(),
    modalities: Modalities.optional(),
    openWeights: z.boolean().optional().meta({ description: 'Whether the weights may be downloaded' }),
    knowledgeCutoff: z
      .string()
      .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)
      .optional()
      .meta({ description: 'YYYY-MM-DD, YYYY-MM or YYYY, as far as it is known' }),
    releaseDate: z.iso.date().optional().meta({ description: 'YYYY-MM-DD' }),
    status: Status,
  })
  .meta({ id: 'Model', description: 'What is known of one model' })
export type Model = z.infer<typeof Model>

export const ModelKey = z.object({ provider: z.string(), value: z.string() })
export type ModelKey = z.infer<typeof ModelKey>
export const Catalogue = z.object({ providers: z.array(Provider), models: z.array(Model) })
export type Catalogue = z.infer<typeof Catalogue>

function flagsOf<Name extends string>(names: readonly Name[]): Record<Name, typeof Flag> {
  return Object.fromEntries(names.map((name) => [name, Flag])) as Record<Name, typeof Flag> // each name is a key
}
