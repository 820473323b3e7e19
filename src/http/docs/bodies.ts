/** The response bodies of reads, for the API document: the shapes of core, and those that only HTTP adds. */
import * as z from 'zod'
import { Attribution, VersionInfo } from '../../core/schema/history.ts'
import { Model, Provider } from '../../core/schema/model.ts'
import { PricePeriod } from '../../core/schema/price-period.ts'
import type { Variant } from '../../core/search/collapse.ts'

export { Diff, Manifest, ModelHistory, ProviderHistory, VersionId, VersionInfo } from '../../core/schema/history.ts'
export { Offers, Provider } from '../../core/schema/model.ts'
export { ExplainedModel, RegistryStatus } from '../../core/schema/operations.ts'

export const Providers = z.array(Provider)
export const Models = z.array(Model)
export const PricePeriods = z.array(PricePeriod)
export const Versions = z.array(VersionInfo)
export const Attributions = z.array(Attribution)
export const Digests = z.record(z.string(), z.string())
export const Part = z.object({ models: Models, provider: Provider })
export const Health = z.object({ status: z.literal('ok') })
export const OpenApi = z.looseObject({ openapi: z.string() })

const variantFacts = { value: true, effort: true, iq: true, speed: true, pricing: true } satisfies Record<
  keyof Variant,
  true
>
const FoundModel = Model.extend({
  variants: z
    .array(Model.pick(variantFacts))
    .optional()
    .meta({ description: 'With collapse: all matching models of the family, the head first, then the best' }),
}).meta({ id: 'FoundModel', description: 'A model in the results of a search' })
export const FoundModels = z.array(FoundModel)
