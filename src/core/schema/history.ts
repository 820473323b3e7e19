/** The shapes of versions, and of the changes between them. */
import * as z from 'zod'
import { isPlainText, MAX_TEXT } from '../plain-text.ts'
import { CAUSES, IQ_BASES } from '../vocabulary.ts'
import { Catalogue, Model, Provider } from './model.ts'

/** Long enough for the notice that a licence requires. */
const MAX_NOTE = 2000

/** A version string: `v1.` and the first 12 hex digits of the content's SHA-256. */
export const Version = z
  .string()
  .regex(/^v1\.[0-9a-f]{12}$/)
  .meta({ description: 'Content version: "v1." and 12 hex digits' })
const Etag = z
  .string()
  .regex(/^"[0-9a-f]{32}"$/)
  .meta({ description: "First 32 hex digits of the content's SHA-256, in double quotes" })
const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256, 64 hex digits' })
export const Time = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC time with milliseconds' })

/** Short, because it is in every manifest and every commit. */
const ShortText = z.string().min(1).max(MAX_TEXT).refine(isPlainText, 'holds control characters')
const WebUrl = z.url({ protocol: /^https?$/ }).max(MAX_TEXT)

export const Attribution = z
  .object({
    name: ShortText,
    url: WebUrl,
    license: z.object({ name: ShortText, url: WebUrl }).optional(),
    note: z
      .string()
      .min(1)
      .max(MAX_NOTE)
      .refine(isPlainText, 'contains control characters')
      .optional()
      .meta({ description: 'What to show with the facts' }),
  })
  .meta({ description: 'A source to credit' })
export type Attribution = z.infer<typeof Attribution>

export const VersionId = z
  .object({
    version: Version,
    etag: Etag,
    generatedAt: Time.meta({ description: 'When this content was first committed' }),
  })
  .meta({ id: 'Version', description: 'The identity of a version' })
export type VersionId = z.infer<typeof VersionId>

export const Manifest = VersionId.extend({
  iqBasis: z.enum(IQ_BASES).optional().meta({ description: 'What `iq` is derived from' }),
  attribution: z.array(Attribution),
  ...Catalogue.shape,
}).meta({
  id: 'Manifest',
  description: 'A whole catalogue with its version',
})
export type Manifest = z.infer<typeof Manifest>

/**
 * A commit: its version, the `seq` that orders commits, and the chain, which distinguishes one history from another.
 */
export const Pointer = VersionId.extend({
  seq: z.int().nonnegative(),
  chain: z.string().meta({ description: 'Hash of this commit and of the chain before it' }),
})
export type Pointer = z.infer<typeof Pointer>

const Range = z.tuple([z.int().nonnegative(), z.int().nonnegative()])
/** The first byte, and the first byte after the range. */
export type Range = z.infer<typeof Range>

/** The byte ranges of a provider and its models in a manifest, without the brackets of their lists. */
const PartRanges = z.object({ provider: Range, models: Range })
export type PartRanges = z.infer<typeof PartRanges>

export const ManifestIndex = z
  .object({
    version: Version,
    seq: z.int().nonnegative(),
    sha256: Digest.meta({ description: 'SHA-256 of the manifest that the ranges refer to' }),
    parts: z.record(z.string(), PartRanges.extend({ digest: Digest })),
  })
  .meta({ id: 'ManifestIndex', description: 'The byte range of each provider in a manifest' })
export type ManifestIndex = z.infer<typeof ManifestIndex>

export const Counts = z.object({ providers: z.int(), models: z.int() })
export const ChangeCounts = z.object({ added: z.int(), removed: z.int(), changed: z.int() })
export type ChangeCounts = z.infer<typeof ChangeCounts>

export const VersionInfo = Pointer.extend({
  root: Digest.meta({ description: 'SHA-256 over the digests of all parts; its first digits form the version' }),
  committedAt: Time.meta({ description: 'When this content became current' }),
  recordedAt: Time.optional().meta({ description: 'When the registry recorded it, if not at `committedAt`' }),
  previous: Version.optional().meta({ description: 'The version of the previous commit' }),
  cause: z.enum(CAUSES),
  counts: Counts,
  changes: ChangeCounts.meta({ description: 'Models added, removed and changed since the previous commit' }),
  attribution: z.array(Attribution),
}).meta({ id: 'VersionInfo', description: 'One commit of the history' })
export type VersionInfo = z.infer<typeof VersionInfo>

export const Change = z
  .object({
    path: z.string().meta({ description: 'The path of the fact, such as "pricing.input"' }),
    before: z.unknown().optional().meta({ description: 'Absent where the fact was unknown' }),
    after: z.unknown().optional().meta({ description: 'Absent where the fact is unknown now' }),
  })
  .meta({ id: 'Change', description: 'One fact that changed; an array is one fact' })
export type Change = z.infer<typeof Change>

export const CatalogueDiff = z.object({
  summary: ChangeCounts.meta({ description: 'Models added, removed and changed in this diff' }),
  rescaled: z
    .object({ from: z.string(), to: z.string() })
    .optional()
    .meta({ description: 'The scales of `iq` on both sides, if they differ: such scores cannot be compared' }),
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
  description: 'What changed between two commits',
})
export type Diff = z.infer<typeof Diff>

const Revision = z.object({
  from: VersionInfo.meta({ description: 'The commit that began it' }),
  to: VersionInfo.optional().meta({ description: 'The commit that ended it; absent while it is current' }),
  changes: z.array(Change).meta({ description: 'Changes since the previous revision' }),
})

export const ModelHistory = z
  .object({
    provider: z.string(),
    value: z.string(),
    revisions: z.array(
      Revision.extend({ model: Model.optional().meta({ description: 'Absent while the model was removed' }) }),
    ),
  })
  .meta({ id: 'ModelHistory', description: 'The revisions of a model, newest first' })
export type ModelHistory = z.infer<typeof ModelHistory>

export const ProviderHistory = z
  .object({
    provider: z.string(),
    revisions: z.array(
      Revision.extend({ provider: Provider.optional().meta({ description: 'Absent while the provider was removed' }) }),
    ),
  })
  .meta({ id: 'ProviderHistory', description: 'The revisions of a provider, newest first' })
export type ProviderHistory = z.infer<typeof ProviderHistory>
