/** The shapes for operators: provenance, outcomes, pulls, overrides and the status. */
import * as z from 'zod'
import { DRY_RUN_OUTCOMES, OUTCOMES, SOURCE_NAMES } from '../vocabulary.ts'
import { ChangeCounts, Counts, Time, Version } from './history.ts'
import { Model, ModelKey } from './model.ts'

const FactValue = z.unknown().meta({ description: 'The fact itself' })

/** By path. */
export const Provenance = z
  .record(
    z.string(),
    z.object({
      source: z
        .enum([...SOURCE_NAMES, 'override', 'derived'])
        .meta({ description: 'The source of the fact; "derived" facts follow from others' }),
      at: Time.meta({ description: 'When the source last confirmed it' }),
      was: FactValue.optional().meta({ description: 'The value of a source of lower precedence, if it differs' }),
    }),
  )
  .meta({ id: 'Provenance', description: 'Where each fact comes from, by its path, such as "pricing.input"' })
export type Provenance = z.infer<typeof Provenance>

export const ExplainedModel = Model.extend({
  provenance: Provenance.optional().meta({ description: 'With ?provenance=true' }),
})

const Claim = z.object({ source: z.enum(SOURCE_NAMES), fact: FactValue })
export const Disagreement = z
  .object({
    provider: z.string(),
    value: z.string(),
    path: z.string(),
    kept: Claim.meta({ description: 'The value of the source of higher precedence' }),
    dropped: Claim.meta({ description: 'The value of the source of lower precedence' }),
  })
  .meta({ id: 'Disagreement', description: 'A fact on which two sources disagree' })
export type Disagreement = z.infer<typeof Disagreement>

const OutcomeName = z.enum(OUTCOMES)

export const SourceOutcome = z.object({
  outcome: OutcomeName,
  pull: z.int().optional().meta({ description: 'The id of its pull' }),
  reasons: z.array(z.string()).optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
})
export type SourceOutcome = z.infer<typeof SourceOutcome>

export const Outcome = z
  .object({
    outcome: z.enum([...OUTCOMES, ...DRY_RUN_OUTCOMES]),
    version: Version.optional(),
    seq: z.int().optional(),
    changes: ChangeCounts.optional(),
    pinned: Version.optional().meta({ description: 'The pinned version, while a rollback is active' }),
    reasons: z.array(z.string()).optional(),
    code: z.string().optional(),
    detail: z.string().optional(),
    sources: z
      .record(z.string(), SourceOutcome)
      .optional()
      .meta({ description: 'The outcome of each source, for a run over several' }),
  })
  .meta({ id: 'Outcome', description: 'The result of a change to the registry' })
export type Outcome = z.infer<typeof Outcome>

const UnreadValues = z
  .array(z.object({ field: z.string(), count: z.int(), example: z.string() }))
  .meta({ description: 'Values that could not be read and are therefore absent; "row" counts whole rows' })

export const PullRecord = z
  .object({
    id: z.int(),
    source: z.enum(SOURCE_NAMES),
    at: Time.meta({ description: 'When its last page was read' }),
    outcome: OutcomeName,
    origin: z.enum(['live', 'import']),
    forced: z.boolean().meta({ description: 'Accepted without the guard' }),
    code: z.string().optional(),
    detail: z.string().optional(),
    reasons: z
      .array(z.string())
      .optional()
      .meta({ description: 'What the guard found; for a held provider, preceded by its name' }),
    counts: Counts.optional(),
    unread: UnreadValues.optional(),
    indexVersion: z.number().optional(),
    tier: z.string().optional(),
    rateLimitRemaining: z.int().optional().meta({ description: 'The remaining quota of the source' }),
    version: Version.optional().meta({ description: 'The version that was current after the pull' }),
    seq: z.int().optional(),
  })
  .meta({ id: 'Pull', description: 'One recorded pull' })
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
    override: z.looseObject({}).optional().meta({ description: 'The override that was put' }),
  })
  .meta({ id: 'OverrideChange', description: 'One change of an override' })
export type OverrideChange = z.infer<typeof OverrideChange>

const SourceStatus = z.object({
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
  ageSeconds: z.int().optional().meta({ description: 'Seconds since its facts were last confirmed' }),
  unread: UnreadValues.optional(),
})
export type SourceStatus = z.infer<typeof SourceStatus>

const HeldPull = z.object({
  source: z.enum(SOURCE_NAMES),
  provider: z.string().optional().meta({ description: 'Absent if the whole pull is held' }),
  pull: z.int(),
  at: Time,
  reasons: z.array(z.string()),
})
export type HeldPull = z.infer<typeof HeldPull>

export const RegistryStatus = z
  .object({
    now: Time,
    version: Version.optional(),
    seq: z.int().optional(),
    ageSeconds: z.int().optional().meta({ description: 'Seconds since the current version was committed' }),
    counts: Counts.optional(),
    sources: z.record(z.string(), SourceStatus).meta({ description: 'By source, for those that are enabled' }),
    held: z.array(HeldPull).meta({ description: 'Pulls, or providers of pulls, that await a decision' }),
    pinned: z.object({ version: Version, since: Time, reason: z.string() }).optional(),
    orphaned: z.array(ModelKey),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'Status', description: 'The status of the registry' })
export type RegistryStatus = z.infer<typeof RegistryStatus>
