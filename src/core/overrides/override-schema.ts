/** What an operator may send as an override, checked by the same schemas as the facts themselves. */
import * as z from 'zod'
import { isPlainText, MAX_TEXT } from '../plain-text.ts'
import { Capabilities, Metrics, Modalities, Model, Pricing, Provider, Sdk } from '../schema/model.ts'
import { MODALITIES } from '../vocabulary.ts'
import type { Override } from './override.ts'
import { isSet } from './override-facts.ts'

const MAX_NOTE = 2000

/** A provider's value or a model's, as in the path. `__proto__` would break every client that keys an object by it. */
export const Key = z
  .string()
  .min(1)
  .max(MAX_TEXT)
  .refine(isPlainText, 'holds control characters')
  .refine((text) => text !== '__proto__', 'is not a name that can be used')
const Name = z.string().trim().pipe(Key)
const ModelKey = z.strictObject({ provider: Key, value: Key })

/** One value for one meaning: in the order of all such lists, each once. An empty list would be an unknown fact. */
const ModalityList = Modalities.shape.input
  .min(1)
  .overwrite((list) => MODALITIES.filter((modality) => list.includes(modality)))

const MODEL_FACTS = {
  capabilities: Capabilities.strict(),
  pricing: Pricing.strict(),
  metrics: Metrics.strict(),
  sdk: Sdk.extend({ model: Name, npm: Name }).partial().strict(),
  modalities: Modalities.extend({ input: ModalityList, output: ModalityList }).partial().strict(),
}

const ModelSet = Model.omit({ id: true, provider: true, value: true })
  .extend({ name: Name, alias: Name, family: Name, ...MODEL_FACTS })
  .partial()
  .strict()
const ProviderSet = Provider.omit({ value: true }).extend({ name: Name, keyPlaceholder: Name }).partial().strict()

const Note = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NOTE)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'is not well-formed text')
  .meta({ description: 'Why, for whoever reads it later' })
const Hidden = z.boolean().optional().meta({ description: 'Take it out of the manifest' })

const UNSETTABLE_MODEL = [
  'capabilities',
  'iq',
  'speed',
  'pricing',
  'metrics',
  'releaseDate',
  'effort',
  'sdk',
  'sdk.npm',
  'modalities',
  'openWeights',
  'knowledgeCutoff',
  ...Object.keys(Capabilities.shape).map((fact) => `capabilities.${fact}`),
  ...Object.keys(Pricing.shape).map((fact) => `pricing.${fact}`),
  ...Object.keys(Metrics.shape).map((fact) => `metrics.${fact}`),
]

/** No more than there are, looked at first: each wrong one makes a long complaint. */
function pathsOf(paths: string[]) {
  return z
    .array(z.unknown())
    .max(paths.length)
    .pipe(z.array(z.enum(paths)).max(paths.length))
}

export const ModelOverrideBody = z
  .strictObject({
    set: ModelSet.optional().meta({ description: 'Facts to set; objects are merged' }),
    unset: pathsOf(UNSETTABLE_MODEL).optional().meta({ description: 'Paths of facts to make absent' }),
    inheritFrom: ModelKey.optional().meta({ description: "Start from this model's facts" }),
    hidden: Hidden,
    note: Note,
  })
  .superRefine(refuseSetAndUnset)
  .meta({ id: 'ModelOverride', description: 'Facts of a model with an author' })

export const ProviderOverrideBody = z
  .strictObject({
    set: ProviderSet.optional().meta({ description: 'Facts to set' }),
    unset: pathsOf(['keyPlaceholder', 'website']).optional().meta({ description: 'Facts to make absent' }),
    hidden: Hidden.meta({ description: 'Take the provider out of the manifest, with its models' }),
    note: Note,
  })
  .superRefine(refuseSetAndUnset)
  .meta({ id: 'ProviderOverride', description: 'Facts of a provider with an author' })

export const KeyedModelOverride = z
  .strictObject({ provider: Key, value: Key, ...ModelOverrideBody.shape })
  .superRefine(refuseSetAndUnset)
export const KeyedProviderOverride = z
  .strictObject({ provider: Key, ...ProviderOverrideBody.shape })
  .superRefine(refuseSetAndUnset)

/** An override as it is stored, listed and sent in bulk; without `value` it is of the provider. */
export const KeyedOverride = z.union([KeyedModelOverride, KeyedProviderOverride])
export type KeyedOverride = Override & { note: string }

function refuseSetAndUnset(
  { set, unset }: { set?: object; unset?: string[] },
  context: { addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void },
): void {
  for (const path of unset ?? [])
    if (isSet(set, path.split('.')))
      context.addIssue({ code: 'custom', path: ['unset'], message: `"${path}" is set and unset` })
}
