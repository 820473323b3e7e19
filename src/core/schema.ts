/**
 * The public shapes of the registry, declared once: types, validation and OpenAPI all come from here.
 * An unknown fact is an absent key, never null and never 0. Nothing here reads a clock, a network or a store.
 */
import * as z from 'zod'
import { EFFORTS } from './efforts.ts'

const Status = z.enum(['active', 'preview', 'deprecated']).meta({ description: 'Whether it is in ordinary use' })
const Score = z.int().min(0).max(5)
/** Far above any price or measure, far below where sums of them overflow. */
const MAX_AMOUNT = 1e12
const Amount = z.number().nonnegative().max(MAX_AMOUNT)
const Price = Amount
const Seconds = Amount
const Tokens = z.int().positive()
const Index = z.number().min(-MAX_AMOUNT).max(MAX_AMOUNT)
const Flag = z.boolean().optional()

/** In the order in which lists of them are kept. */
export const MODALITIES = ['text', 'image', 'audio', 'video', 'pdf'] as const
export type Modality = (typeof MODALITIES)[number]
export const CAPABILITIES = ['text', 'vision', 'reasoning', 'toolUse', 'json', 'audio'] as const
export const STATUSES = Status.options

/** A version string: `v1.` and the first 12 hex digits of the content's SHA-256. */
const Version = z
  .string()
  .regex(/^v1\.[0-9a-f]{12}$/)
  .meta({ description: 'Content version: "v1." and 12 hex digits' })
const Etag = z
  .string()
  .regex(/^"[0-9a-f]{32}"$/)
  .meta({ description: "First 32 hex digits of the content's SHA-256, in double quotes" })
const Time = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC time with milliseconds' })

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
  .object({ text: Flag, vision: Flag, reasoning: Flag, toolUse: Flag, json: Flag, audio: Flag })
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

const SOURCES = ['artificial-analysis', 'models.dev'] as const
export type SourceName = (typeof SOURCES)[number]
const Says = z.unknown().meta({ description: 'The fact itself' })

/** By path. */
export const Provenance = z
  .record(
    z.string(),
    z.object({
      source: z
        .enum([...SOURCES, 'override', 'derived'])
        .meta({ description: 'Who says so; "derived" follows from other facts' }),
      at: Time.meta({ description: 'When the source last said so' }),
      was: Says.optional().meta({ description: 'What a weaker source says, where it differs' }),
    }),
  )
  .meta({ id: 'Provenance', description: 'Where each fact comes from, by its path, such as "pricing.input"' })
export type Provenance = z.infer<typeof Provenance>

export const ExplainedModel = Model.extend({
  provenance: Provenance.optional().meta({ description: 'With ?provenance=true' }),
})

const Claim = z.object({ source: z.enum(SOURCES), fact: Says })
export const Disagreement = z
  .object({
    provider: z.string(),
    value: z.string(),
    path: z.string(),
    kept: Claim.meta({ description: 'What the stronger source says' }),
    dropped: Claim.meta({ description: 'What the weaker source says' }),
  })
  .meta({ id: 'Disagreement', description: 'A fact of which two sources say different things' })
export type Disagreement = z.infer<typeof Disagreement>

export const Catalogue = z.object({ providers: z.array(Provider), models: z.array(Model) })
export type Catalogue = z.infer<typeof Catalogue>

export const Attribution = z
  .object({ name: z.string().min(1), url: z.url({ protocol: /^https?$/ }) })
  .meta({ description: 'A source to credit' })
export type Attribution = z.infer<typeof Attribution>

export const VersionId = z
  .object({
    version: Version,
    etag: Etag,
    generatedAt: Time.meta({ description: 'When this content was first made' }),
  })
  .meta({ id: 'Version', description: 'Which content it is' })
export type VersionId = z.infer<typeof VersionId>

export const Manifest = VersionId.extend({ attribution: z.array(Attribution), ...Catalogue.shape }).meta({
  id: 'Manifest',
  description: 'A whole catalogue with its version',
})
export type Manifest = z.infer<typeof Manifest>

/** The row that is current: which version, and the `seq` that orders rows. */
export const Pointer = VersionId.extend({ seq: z.int().nonnegative() })
export type Pointer = z.infer<typeof Pointer>

const CAUSES = ['pull', 'import', 'override', 'enrichment', 'rollback', 'rebuild'] as const
export type Cause = (typeof CAUSES)[number]

const Counts = z.object({ providers: z.int(), models: z.int() })
const ChangeCounts = z.object({ added: z.int(), removed: z.int(), changed: z.int() })
export type ChangeCounts = z.infer<typeof ChangeCounts>

export const VersionInfo = Pointer.extend({
  committedAt: Time.meta({ description: 'When this row became current' }),
  previous: Version.optional().meta({ description: 'The version of the row before' }),
  cause: z.enum(CAUSES),
  counts: Counts,
  changes: ChangeCounts.meta({ description: 'Models added, removed and changed since the row before' }),
  attribution: z.array(Attribution),
  chain: z.string().meta({ description: 'Hash over the row and the chain before it' }),
}).meta({ id: 'VersionInfo', description: 'One row of the history' })
export type VersionInfo = z.infer<typeof VersionInfo>

export const Change = z
  .object({
    path: z.string().meta({ description: 'Where, such as "pricing.input"' }),
    before: z.unknown().optional().meta({ description: 'Absent where the fact was unknown' }),
    after: z.unknown().optional().meta({ description: 'Absent where the fact is unknown now' }),
  })
  .meta({ id: 'Change', description: 'One fact that changed; an array is one fact' })
export type Change = z.infer<typeof Change>

const CatalogueDiff = z.object({
  summary: ChangeCounts.meta({ description: 'Models added, removed and changed, as shown' }),
  rescaled: z
    .object({ from: z.number(), to: z.number() })
    .optional()
    .meta({ description: 'The version of the Intelligence Index moved: scores of both sides do not compare' }),
  providers: z.object({
    added: z.array(Provider),
    removed: z.array(Provider),
    changed: z.array(z.object({ provider: z.string(), changes: z.array(Change) })),
  }),
  models: z.object({
    added: z.array(Model),
    removed: z.array(Model),
    changed: z.array(z.object({ provider: z.string(), value: z.string(), changes: z.array(Change) })),
  }),
})
export type CatalogueDiff = z.infer<typeof CatalogueDiff>

export const Diff = CatalogueDiff.extend({ from: VersionInfo, to: VersionInfo }).meta({
  id: 'Diff',
  description: 'What changed between two rows of the history',
})
export type Diff = z.infer<typeof Diff>

const Revision = z.object({
  from: VersionInfo.meta({ description: 'The row it began with' }),
  to: VersionInfo.optional().meta({ description: 'The row that ended it; absent while it lasts' }),
  changes: z.array(Change).meta({ description: 'Against the facts before' }),
})

export const ModelHistory = z
  .object({
    provider: z.string(),
    value: z.string(),
    revisions: z.array(Revision.extend({ model: Model.optional().meta({ description: 'Absent while it was gone' }) })),
  })
  .meta({ id: 'ModelHistory', description: 'The revisions of a model, newest first' })
export type ModelHistory = z.infer<typeof ModelHistory>

export const ProviderHistory = z
  .object({
    provider: z.string(),
    revisions: z.array(
      Revision.extend({ provider: Provider.optional().meta({ description: 'Absent while it was gone' }) }),
    ),
  })
  .meta({ id: 'ProviderHistory', description: 'The revisions of a provider, newest first' })
export type ProviderHistory = z.infer<typeof ProviderHistory>

export const OUTCOMES = ['committed', 'unchanged', 'held', 'pinned', 'rejected', 'failed'] as const
const OutcomeName = z.enum(OUTCOMES)
export type OutcomeName = z.infer<typeof OutcomeName>

export const Outcome = z
  .object({
    outcome: OutcomeName,
    version: Version.optional(),
    seq: z.int().optional(),
    changes: ChangeCounts.optional(),
    pinned: Version.optional().meta({ description: 'The pinned version, while a rollback is in force' }),
    reasons: z.array(z.string()).optional(),
    code: z.string().optional(),
    detail: z.string().optional(),
  })
  .meta({ id: 'Outcome', description: 'What a change to the registry came to' })
export type Outcome = z.infer<typeof Outcome>

export const PullRecord = z
  .object({
    id: z.int(),
    at: Time.meta({ description: 'When its last page was read' }),
    outcome: OutcomeName,
    origin: z.enum(['live', 'import']),
    forced: z.boolean().meta({ description: 'Taken without the guard' }),
    code: z.string().optional(),
    detail: z.string().optional(),
    reasons: z.array(z.string()).optional().meta({ description: 'What it lost against the last accepted pull' }),
    counts: Counts.optional(),
    indexVersion: z.number().optional(),
    tier: z.string().optional(),
    rateLimitRemaining: z.int().optional().meta({ description: "What was left of the source's quota" }),
    version: Version.optional().meta({ description: 'The version that was current after it' }),
    seq: z.int().optional(),
  })
  .meta({ id: 'Pull', description: 'One pull in the record' })
export type PullRecord = z.infer<typeof PullRecord>

export const OverrideChange = z
  .object({
    id: z.int(),
    at: Time,
    by: z.string().meta({ description: 'The name of the token' }),
    action: z.enum(['put', 'delete']),
    provider: z.string(),
    value: z.string().optional().meta({ description: 'Absent for a provider' }),
    note: z.string().optional(),
    override: z.looseObject({}).optional().meta({ description: 'What was put' }),
  })
  .meta({ id: 'OverrideChange', description: 'One change of an override' })
export type OverrideChange = z.infer<typeof OverrideChange>

const ModelKey = z.object({ provider: z.string(), value: z.string() })
export type ModelKey = z.infer<typeof ModelKey>

export const RegistryStatus = z
  .object({
    now: Time,
    version: Version.optional(),
    seq: z.int().optional(),
    ageSeconds: z.int().optional().meta({ description: 'Seconds since the current row was committed' }),
    counts: Counts.optional(),
    lastPull: z
      .object({
        id: z.int(),
        at: Time,
        outcome: OutcomeName,
        code: z.string().optional(),
        detail: z.string().optional(),
      })
      .optional(),
    nextRun: Time.optional(),
    held: z.object({ id: z.int(), at: Time, reasons: z.array(z.string()) }).optional(),
    pinned: z.object({ version: Version, since: Time, reason: z.string() }).optional(),
    enrichment: z.object({ at: Time, ageSeconds: z.int() }).optional(),
    orphaned: z.array(ModelKey),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'Status', description: 'How the registry is doing' })
export type RegistryStatus = z.infer<typeof RegistryStatus>
