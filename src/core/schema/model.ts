/**
 * The shapes of facts, declared once: types, validation and OpenAPI all come from here.
 * An unknown fact is an absent key, never null and never 0. Nothing here reads a clock, a network or a store.
 */
import * as z from 'zod'
import { isCalendarDay, isCalendarMonth, isCalendarYear } from '../calendar.ts'
import { BILLINGS, CAPABILITIES, EFFORTS, MODALITIES, MODEL_TYPES, STATUSES } from '../vocabulary.ts'
import { Amount, MAX_AMOUNT, Pricing } from './pricing.ts'
import { BaseUrl, WebUrl } from './url.ts'

const Status = z.enum(STATUSES).meta({ description: 'Lifecycle status' })
const Score = z.int().min(0).max(5)
const Seconds = Amount
const Tokens = z.int().positive()
const Index = z.number().min(-MAX_AMOUNT).max(MAX_AMOUNT)
const Flag = z.boolean().optional()
const Text = z.string().min(1)

/** How to call a provider; a model's `sdk` holds what differs for it. */
export const ProviderApi = z
  .object({
    baseUrl: BaseUrl.optional().meta({ description: 'Base URL; may contain variables to fill in, in braces' }),
    npm: Text.optional().meta({ description: 'Package of the AI SDK' }),
    env: z
      .array(Text)
      .min(1)
      .optional()
      .meta({ description: 'Names of the environment variables that hold the API key' }),
    docs: WebUrl.optional().meta({ description: 'Documentation' }),
  })
  .meta({ description: 'How to call the provider' })
export type ProviderApi = z.infer<typeof ProviderApi>

export const Provider = z
  .object({
    value: Text.meta({ description: 'Id, unique in the registry' }),
    name: Text.meta({ description: 'Display name' }),
    keyPlaceholder: z.string().optional().meta({ description: 'What an API key looks like' }),
    website: WebUrl.optional().meta({ description: 'Where to get an API key' }),
    api: ProviderApi.optional(),
    status: Status,
  })
  .meta({ id: 'Provider', description: 'A lab or a host whose API serves models' })
export type Provider = z.infer<typeof Provider>

export const Capabilities = z
  .object(flagsOf(CAPABILITIES))
  .meta({ description: 'What the model can do; an absent key is unknown' })
export type Capabilities = z.infer<typeof Capabilities>

export const Metrics = z
  .object({
    intelligenceIndex: Index.optional().meta({ description: 'Intelligence Index of Artificial Analysis' }),
    intelligenceIndexVersion: Index.optional().meta({ description: 'Scale of the Intelligence Index' }),
    codingIndex: Index.optional().meta({ description: 'Coding Index of Artificial Analysis' }),
    agenticIndex: Index.optional().meta({ description: 'Agentic Index of Artificial Analysis' }),
    epochCapabilitiesIndex: z
      .int()
      .min(-MAX_AMOUNT)
      .max(MAX_AMOUNT)
      .optional()
      .meta({ description: 'Epoch Capabilities Index, rounded to an integer' }),
    arenaText: Index.optional().meta({ description: 'Rating of the Arena text leaderboard, rounded to 5 points' }),
    outputTokensPerSecond: Amount.optional().meta({ description: 'Median output speed, tokens per second' }),
    timeToFirstToken: Seconds.optional().meta({ description: 'Median time to the first token, seconds' }),
    timeToFirstAnswer: Seconds.optional().meta({ description: 'Median time to the first answer token, seconds' }),
    endToEnd: Seconds.optional().meta({ description: 'Median time of a whole response, seconds' }),
    contextWindow: Tokens.optional().meta({ description: 'Maximum tokens of prompt and output together' }),
    maxInput: Tokens.optional().meta({
      description: 'Maximum tokens of the prompt, if fewer than the context window',
    }),
    maxOutput: Tokens.optional().meta({ description: 'Maximum tokens of the output' }),
  })
  .meta({ description: 'Measured and declared figures' })
export type Metrics = z.infer<typeof Metrics>

export const Sdk = z
  .object({
    model: Text.meta({ description: "The id that the provider's API takes" }),
    npm: Text.optional().meta({ description: "Package of the AI SDK, if it is not the provider's" }),
    baseUrl: BaseUrl.optional().meta({ description: "Base URL, if it is not the provider's" }),
    shape: Text.optional().meta({ description: 'The API to call, such as "responses" or "completions"' }),
    interleaved: z
      .union([z.literal(true), z.object({ field: Text })])
      .optional()
      .meta({ description: 'Reasoning is interleaved with tool calls; if named, in this field of a message' }),
  })
  .meta({ description: "How to call the model where it differs from the provider's `api`" })
export type Sdk = z.infer<typeof Sdk>

export const ReasoningOptions = z
  .object({
    efforts: z
      .array(z.enum(EFFORTS))
      .min(1)
      .optional()
      .meta({ description: 'Reasoning efforts that a request can set' }),
    toggle: z.literal(true).optional().meta({ description: 'Reasoning can be turned on and off' }),
    budget: z
      .object({ min: z.int().nonnegative().optional(), max: z.int().nonnegative().optional() })
      .optional()
      .meta({ description: 'Bounds of a budget of reasoning tokens' }),
  })
  .meta({ description: 'How requests can control reasoning' })
export type ReasoningOptions = z.infer<typeof ReasoningOptions>

const ModalityList = z.array(z.enum(MODALITIES))
export const Modalities = z
  .object({ input: ModalityList, output: ModalityList })
  .meta({ description: 'Input and output modalities' })
export type Modalities = z.infer<typeof Modalities>

const isDayOrMonth = (text: string): boolean => isCalendarDay(text) || isCalendarMonth(text)
/** A real calendar date, or a month if the day is unknown. */
export const PartialDate = z.string().refine(isDayOrMonth, 'is not a calendar date, YYYY-MM-DD or YYYY-MM')
const CutoffDate = z
  .string()
  .refine((text) => isDayOrMonth(text) || isCalendarYear(text), 'is not a calendar date, YYYY-MM-DD, YYYY-MM or YYYY')

export const Model = z
  .object({
    id: Text.meta({ description: "The source's id; custom:<provider>:<value> if the model exists only by override" }),
    value: Text.meta({ description: 'Unique within its provider; may contain "/", ".", ":" and "@"' }),
    provider: Text.meta({ description: "The provider's value" }),
    name: Text.meta({ description: 'Display name' }),
    alias: Text.meta({ description: 'The name without its trailing "(...)" groups' }),
    lab: Text.optional().meta({ description: 'The lab that made the model' }),
    family: Text.meta({ description: 'The same at every provider: one model across hosts, efforts and dated ids' }),
    firstParty: z.literal(true).optional().meta({ description: 'Offered by its own lab' }),
    series: Text.optional().meta({ description: 'A line of models, such as "claude-haiku"; broader than the family' }),
    effort: z.enum(EFFORTS).optional().meta({ description: 'Reasoning effort of this variant' }),
    type: z.enum(MODEL_TYPES).meta({ description: 'The kind of model' }),
    sdk: Sdk.optional(),
    reasoning: ReasoningOptions.optional(),
    capabilities: Capabilities.optional(),
    iq: Score.optional().meta({ description: 'Intelligence, 0 to 5' }),
    speed: Score.optional().meta({ description: 'Speed, 0 to 5' }),
    billing: z.enum(BILLINGS).optional().meta({ description: 'Free of charge, or included in a plan' }),
    pricing: Pricing.optional(),
    metrics: Metrics.optional(),
    modalities: Modalities.optional(),
    openWeights: z.boolean().optional().meta({ description: 'Whether the weights can be downloaded' }),
    knowledgeCutoff: CutoffDate.optional().meta({ description: 'YYYY-MM-DD, YYYY-MM or YYYY' }),
    releaseDate: PartialDate.optional().meta({ description: 'YYYY-MM-DD or YYYY-MM' }),
    lastUpdated: PartialDate.optional().meta({ description: 'YYYY-MM-DD or YYYY-MM' }),
    retiresOn: z
      .string()
      .refine(isCalendarDay, 'is not a calendar date')
      .optional()
      .meta({ description: 'YYYY-MM-DD' }),
    status: Status,
  })
  .meta({ id: 'Model', description: 'A model that one provider offers under one id' })
export type Model = z.infer<typeof Model>

export const Offers = z
  .object({
    family: Text,
    offers: z.array(Model).meta({ description: 'By blended price, unknown last; ties by provider, then value' }),
  })
  .meta({ id: 'Offers', description: 'A family at every provider, cheapest first' })
export type Offers = z.infer<typeof Offers>

export const ModelKey = z.object({ provider: z.string(), value: z.string() })
export type ModelKey = z.infer<typeof ModelKey>
export const Catalogue = z.object({ providers: z.array(Provider), models: z.array(Model) })
export type Catalogue = z.infer<typeof Catalogue>

function flagsOf<Name extends string>(names: readonly Name[]): Record<Name, typeof Flag> {
  return Object.fromEntries(names.map((name) => [name, Flag])) as Record<Name, typeof Flag> // each name is a key
}
