/** The schemas of overrides as operators send them, built from the schemas of the facts themselves. */
import * as z from 'zod'
import { isNestedDeeper } from '../json/nesting.ts'
import { isPlainText, MAX_TEXT } from '../plain-text.ts'
import { Model, Provider } from '../schema/model.ts'
import { PriceNote, PriceSource } from '../schema/price-period.ts'
import { Pricing } from '../schema/pricing.ts'
import { IDENTITY_FIELDS } from '../vocabulary.ts'
import type { Override } from './override.ts'
import { isSet } from './override-facts.ts'
import { findScheduleError, momentOf } from './price-schedule.ts'
import { findPricingError } from './pricing-error.ts'
import {
  factPaths,
  findUnboundedText,
  makePartial,
  makeStrict,
  matchesPath,
  NOT_PLAIN,
  optionalPaths,
} from './settable-facts.ts'

const MAX_NOTE = 2000
/** More than any override has. Bounds the list before its members are checked, because each can add an error. */
const MAX_UNSET = 200
const DERIVED_BLEND = 'is derived: set "input" and "output" instead'
const NOT_A_PATH = 'is not the path of an optional fact'
const NO_FACT = 'is null: use "unset" to remove a fact'
const IDENTITY: ReadonlySet<string> = new Set(IDENTITY_FIELDS)
/** A little more than a year of weekly changes. */
const MAX_PERIODS = 60

/** Names with another meaning: as an object key in clients, or as a dot segment in a URL path. */
const UNUSABLE: ReadonlySet<string> = new Set(['__proto__', '.', '..'])

const Text = z.string().min(1).max(MAX_TEXT)
/** The value of a provider or a model, as in a URL path. */
export const Key = Text.refine(isPlainText, NOT_PLAIN).refine((text) => !UNUSABLE.has(text), 'cannot be used as a name')
const Name = z.string().trim().pipe(Text)
const Family = Name.refine((text) => /^[^/]+\/./.test(text), 'is not "<lab>/<id>"')
const ModelKey = z.strictObject({ provider: Key, value: Key })

const SettableModel = Model.omit(maskOf(IDENTITY_FIELDS)).extend({ name: Name, alias: Name, lab: Name, family: Family })
const ModelSet = makePartial(makeStrict(SettableModel)).superRefine((set, context) => {
  refuseText(set, context)
  refuseOtherLab(set, context)
  refusePricing(set.pricing ?? {}, ['pricing'], context)
})
const ProviderSet = makePartial(makeStrict(Provider.omit({ value: true }).extend({ name: Name }))).superRefine(
  refuseText,
)

const Note = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NOTE)
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'is not well-formed text')
  .meta({ description: 'Why the override exists' })
const Hidden = z.boolean().optional().meta({ description: 'Remove it from the manifest' })

const Moment = z
  .string()
  .max(MAX_TEXT)
  .refine((text) => !Number.isNaN(momentOf(text)), 'is not a date or a date-time with "Z" or an offset')
const PeriodPricing = makeStrict(Pricing).superRefine((pricing, context) => {
  refusePricing(pricing, [], context)
  const { modes: _, ...prices } = pricing
  if (Object.keys(prices).length === 0) context.addIssue({ code: 'custom', path: [], message: 'has no price' })
})
const Scheduled = z
  .strictObject({
    from: Moment.meta({ description: 'A date (00:00Z) or a date-time; inclusive' }),
    until: Moment.optional().meta({
      description: 'A date (00:00Z) or a date-time; exclusive; absent while no end is known',
    }),
    pricing: PeriodPricing,
    source: PriceSource.meta({ description: 'Where the price is stated' }),
    note: PriceNote.optional(),
  })
  .superRefine(refuseText)
/** The items are counted before they are parsed. */
const SchedulePrices = z
  .array(z.unknown())
  .min(1)
  .max(MAX_PERIODS)
  .pipe(z.array(Scheduled))
  .superRefine((prices, context) => {
    const wrong = findScheduleError(prices)
    if (wrong) context.addIssue({ code: 'custom', ...wrong })
  })

/** Deeper than any fact. Much deeper JSON would overflow the stack of recursive code. */
const MAX_DEPTH = 8
const Fact = z
  .unknown()
  .refine((fact) => fact !== null && fact !== undefined, NO_FACT)
  .refine((fact) => !isNestedDeeper(fact, MAX_DEPTH), { error: 'is nested too deeply', abort: true })

export const ModelOverrideBody = z
  .strictObject({
    set: ModelSet.optional().meta({ description: 'Facts to set; objects are merged' }),
    unset: unsetOf(Model.shape).optional().meta({ description: 'Paths of facts to remove' }),
    inheritFrom: ModelKey.optional().meta({ description: 'The model to inherit facts from' }),
    hidden: Hidden,
    prices: SchedulePrices.optional().meta({ description: 'Its prices over time' }),
    replaces: replacesOf(Model.shape).optional(),
    note: Note,
  })
  .superRefine(refuseSetAndUnset)
  .meta({ id: 'ModelOverride', description: 'Facts about a model, set by an operator' })

export const ProviderOverrideBody = z
  .strictObject({
    set: ProviderSet.optional().meta({ description: 'Facts to set; objects are merged' }),
    unset: unsetOf(Provider.shape).optional().meta({ description: 'Paths of facts to remove' }),
    hidden: Hidden.meta({ description: 'Remove the provider and its models from the manifest' }),
    replaces: replacesOf(Provider.shape).optional(),
    note: Note,
  })
  .superRefine(refuseSetAndUnset)
  .meta({ id: 'ProviderOverride', description: 'Facts about a provider, set by an operator' })

export const KeyedModelOverride = z
  .strictObject({ provider: Key, value: Key, ...ModelOverrideBody.shape })
  .superRefine(refuseSetAndUnset)
export const KeyedProviderOverride = z
  .strictObject({ provider: Key, ...ProviderOverrideBody.shape })
  .superRefine(refuseSetAndUnset)

/** An override as it is stored, listed and sent in bulk. Without `value` it overrides the provider. */
export const KeyedOverride = z.union([KeyedModelOverride, KeyedProviderOverride])
export type KeyedOverride = Override & { note: string }

function maskOf<Name extends string>(names: readonly Name[]): Record<Name, true> {
  return Object.fromEntries(names.map((name) => [name, true])) as Record<Name, true> // each name is a key
}

/** An enum of paths, plus patterns for those that contain the name of a mode or header, which may be any text. */
function unsetOf(shape: z.core.$ZodShape) {
  const paths = optionalPaths(shape).filter((path) => path !== 'pricing.blended') // it follows from prices
  const patterns = paths.filter((path) => path.includes('*'))
  const named = z.enum(paths.filter((path) => !path.includes('*')))
  const free = z.string().refine((path) => patterns.some((pattern) => matchesPath(path, pattern)), NOT_A_PATH)
  const path = patterns.length === 0 ? named : z.union([named, free])
  return z.array(z.unknown()).max(MAX_UNSET).pipe(z.array(path).max(MAX_UNSET))
}

/** The facts that an override replaces, by path. */
function replacesOf(shape: z.core.$ZodShape) {
  const paths = factPaths(shape).filter((path) => !IDENTITY.has(path))
  const isPath = (path: string): boolean => paths.some((pattern) => matchesPath(path, pattern))
  return z
    .record(Text.refine(isPath, 'is not the path of a fact'), Fact)
    .refine((facts) => Object.keys(facts).length > 0, 'is empty')
    .superRefine(refuseText)
    .meta({
      description:
        'The facts of the sources that it replaces, by path; the override lapses when a source states another value',
    })
}

type Issues = { addIssue: (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void }

function refuseText(set: object, context: Issues): void {
  const wrong = findUnboundedText(set)
  if (wrong) context.addIssue({ code: 'custom', ...wrong })
}

function refusePricing(pricing: Pricing, path: string[], context: Issues): void {
  const wrong = findPricingError(pricing)
  if (wrong) context.addIssue({ code: 'custom', path: [...path, ...wrong.path], message: wrong.message })
  if (pricing.blended !== undefined)
    context.addIssue({ code: 'custom', path: [...path, 'blended'], message: DERIVED_BLEND })
}

/** A family is "<lab>/<id>". */
function refuseOtherLab({ family, lab }: { family?: string; lab?: string }, context: Issues): void {
  if (family !== undefined && lab !== undefined && !family.startsWith(`${lab}/`))
    context.addIssue({ code: 'custom', path: ['family'], message: `does not belong to lab "${lab}"` })
}

function refuseSetAndUnset({ set, unset }: { set?: object; unset?: string[] }, context: Issues): void {
  for (const path of unset ?? [])
    if (isSet(set, path.split('.')))
      context.addIssue({ code: 'custom', path: ['unset'], message: `"${path}" is both set and unset` })
}
