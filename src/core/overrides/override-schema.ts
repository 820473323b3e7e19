/** What an operator may send as an override, checked by the same schemas as the facts themselves. */
import * as z from 'zod'
import { isPlainText, MAX_TEXT } from '../plain-text.ts'
import { Modalities, Model, Provider, Sdk } from '../schema/model.ts'
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

const ModelSet = z
  .object({
    ...strictly(Model.omit({ id: true, provider: true, value: true }).shape),
    ...{ name: Name, alias: Name, family: Name },
    sdk: Sdk.extend({ model: Name, npm: Name }).partial().strict(),
    modalities: Modalities.extend({ input: ModalityList, output: ModalityList }).partial().strict(),
  })
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

/** Facts that an entity may be without, and those inside them. */
function optionalPathsOf(shape: z.ZodRawShape): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    if (!(schema instanceof z.ZodOptional)) return []
    const fact = schema.unwrap()
    const inside = fact instanceof z.ZodObject ? optionalPathsOf(fact.shape) : []
    return [name, ...inside.map((path) => `${name}.${path}`)]
  })
}

/** The same facts, without keys in them that the registry does not know. */
function strictly<Shape extends z.ZodRawShape>(shape: Shape): Shape {
  const facts = Object.entries(shape).map(([name, schema]) => {
    const fact = schema instanceof z.ZodOptional ? schema.unwrap() : schema
    return [name, fact instanceof z.ZodObject ? fact.strict() : schema]
  })
  return Object.fromEntries(facts) as Shape // what is strict has the same type
}

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
    unset: pathsOf(optionalPathsOf(Model.shape)).optional().meta({ description: 'Paths of facts to make absent' }),
    inheritFrom: ModelKey.optional().meta({ description: "Start from this model's facts" }),
    hidden: Hidden,
    note: Note,
  })
  .superRefine(refuseSetAndUnset)
  .meta({ id: 'ModelOverride', description: 'Facts of a model with an author' })

export const ProviderOverrideBody = z
  .strictObject({
    set: ProviderSet.optional().meta({ description: 'Facts to set' }),
    unset: pathsOf(optionalPathsOf(Provider.shape)).optional().meta({ description: 'Facts to make absent' }),
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
