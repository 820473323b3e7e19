/** The types that callers see. `tsc` checks them; the tests themselves only have to run. */
import { describe, expectTypeOf, it } from 'vitest'
import type {
  ClientError,
  CollapsedModel,
  Cost,
  CostFailure,
  Diff,
  Effort,
  Manifest,
  Model,
  ModelHistory,
  Offers,
  Overridable,
  Override,
  PricePeriod,
  Provider,
  Reader,
  Registry,
  RegistryOptions,
  Reply,
  ResolvedReasoning,
  SearchFilter,
  TimedCost,
  Variant,
  VersionId,
  VersionInfo,
} from '../../../src/client/index.ts'
import { applyOverrides, costOf, createRegistry, resolveReasoning } from '../../../src/client/index.ts'
import { model, provider } from '../../support/rows.ts'

const registry = createRegistry({
  baseUrl: 'https://registry.test',
  cache: 'none',
  fetch: () => Promise.reject(new Error('offline')),
})

describe('a reply', () => {
  it('has data if it has no error, also when destructured', async () => {
    const { data, error } = await registry.getModels()
    if (error) {
      expectTypeOf(data).toEqualTypeOf<undefined>()
      expectTypeOf(error).toEqualTypeOf<ClientError>()
    } else expectTypeOf(data).toEqualTypeOf<Model[]>()
    expectTypeOf((await registry.find('gpt-5.5')).data).toEqualTypeOf<Model | undefined>()
    expectTypeOf((await registry.getOffers('gpt-5.5')).data).toEqualTypeOf<Offers | undefined>()
    expectTypeOf(registry.getOffers).toBeCallableWith({ provider: 'openai', value: 'gpt-5.5' })
    const { data: vision } = await registry.searchModels({ capability: 'vision', minIq: 3 })
    expectTypeOf(vision).toEqualTypeOf<Model[] | undefined>()
  })

  it('has an error whose name determines its fields', () => {
    const fieldOf = (error: ClientError): number | string | undefined => {
      switch (error.name) {
        case 'NetworkError':
        case 'AbortedError':
        case 'DataError':
          return error.message
        case 'TimeoutError':
          return error.timeout
        case 'ProblemError':
          expectTypeOf(error.code).extract<'not-found'>().toEqualTypeOf<'not-found'>()
          return error.problem.lastVersion ?? error.retryAfterSeconds
        case 'CostError':
          expectTypeOf(error.failure).toEqualTypeOf<CostFailure>()
          return error.failure.code
      }
    }
    expectTypeOf(fieldOf).returns.toEqualTypeOf<number | string | undefined>()
  })
})

describe('the methods', () => {
  it('return the types they declare', () => {
    expectTypeOf(registry.getManifest).returns.resolves.toEqualTypeOf<Reply<Manifest>>()
    expectTypeOf(registry.getProviders).returns.resolves.toEqualTypeOf<Reply<Provider[]>>()
    expectTypeOf(registry.getModel).parameter(0).toEqualTypeOf<string>()
    expectTypeOf(registry.getVersion).returns.resolves.toEqualTypeOf<Reply<VersionId>>()
    expectTypeOf(registry.getVersions).returns.resolves.toEqualTypeOf<Reply<VersionInfo[]>>()
    expectTypeOf(registry.getDiff).returns.resolves.toEqualTypeOf<Reply<Diff>>()
    expectTypeOf(registry.getModelHistory).returns.resolves.toEqualTypeOf<Reply<ModelHistory>>()
    expectTypeOf(registry.costOf).returns.resolves.toEqualTypeOf<Reply<TimedCost>>()
    expectTypeOf(registry.at).returns.toHaveProperty('costOf').returns.resolves.toEqualTypeOf<Reply<Cost>>()
    expectTypeOf(registry.getPrices).returns.resolves.toEqualTypeOf<Reply<PricePeriod[]>>()
    expectTypeOf(registry.at).parameter(0).toEqualTypeOf<string | Date>()
    expectTypeOf(registry.at).returns.toEqualTypeOf<Reader>()
    expectTypeOf<Registry>().toExtend<Reader>()
  })
})

describe('the options', () => {
  it('require a base URL and accept a signal and a custom fetch', () => {
    expectTypeOf<{ cache: 'none' }>().not.toExtend<RegistryOptions>()
    expectTypeOf<{ baseUrl: string; cache: 'memory' }>().not.toExtend<RegistryOptions>()
    expectTypeOf<typeof globalThis.fetch>().toExtend<NonNullable<RegistryOptions['fetch']>>()
    expectTypeOf<() => Promise<Response>>().toExtend<NonNullable<RegistryOptions['fetch']>>()
    expectTypeOf(registry.getModels).toBeCallableWith({ signal: new AbortController().signal })
    expectTypeOf<{ credentials: 'include' }>().toExtend<NonNullable<RegistryOptions['fetchOptions']>>()
  })

  it('of a search accept one value, or a list if the registry accepts several', () => {
    expectTypeOf<{ capability: 'vision' }>().toExtend<SearchFilter>()
    expectTypeOf<{ capability: readonly ['vision', 'audio'] }>().toExtend<SearchFilter>()
    expectTypeOf<{ capability: 'sight' }>().not.toExtend<SearchFilter>()
    expectTypeOf<{ minIq: '3' }>().not.toExtend<SearchFilter>()
    expectTypeOf<{ sort: '-price' }>().toExtend<SearchFilter>()
    expectTypeOf<{ collapse: 'provider' }>().not.toExtend<SearchFilter>()
    expectTypeOf<{ openWeights: 'true' }>().not.toExtend<SearchFilter>()
  })

  it('of a search determine whether its models have variants', async () => {
    const { data: families = [] } = await registry.searchModels({ collapse: 'family', capability: ['text'] })
    expectTypeOf(families).toEqualTypeOf<CollapsedModel[]>()
    expectTypeOf<CollapsedModel['variants']>().toEqualTypeOf<Variant[]>()
    expectTypeOf<Variant['effort']>().toEqualTypeOf<Effort | undefined>()
    const filter: SearchFilter = { collapse: 'family' }
    const { data: unknown = [] } = await registry.searchModels(filter)
    expectTypeOf(unknown).toEqualTypeOf<Model[]>()
    expectTypeOf<Model>().not.toHaveProperty('variants')
    // @ts-expect-error: a misspelt filter is not accepted
    await registry.searchModels({ collapse: 'family', minIQ: 3 })
  })
})

describe('the functions', () => {
  it('accept a manifest as the client returns it', () => {
    const overrides: Override[] = [
      { provider: 'mine', set: { name: 'Mine' } },
      { provider: 'mine', value: 'one', inheritFrom: { provider: 'acme', value: 'acme-one' } },
    ]
    const applied = applyOverrides({ providers: [provider()], models: [] }, overrides)
    expectTypeOf(applied).toEqualTypeOf<Overridable>()
    expectTypeOf<Overridable['models']>().toEqualTypeOf<Model[]>()
    expectTypeOf<Manifest>().toExtend<Overridable>()
    expectTypeOf(costOf).toBeCallableWith(
      model(),
      { input_tokens: 1, output_tokens: 1 },
      { mode: 'fast', at: new Date() },
    )
    const cost = costOf(model(), {})
    if (cost.ok) expectTypeOf(cost.value).toEqualTypeOf<Cost>()
    else expectTypeOf(cost.failure).toEqualTypeOf<CostFailure>()
  })

  it('resolve the reasoning of a model whose family is known', () => {
    const collapsed: CollapsedModel = { ...model(), variants: [] }
    expectTypeOf(resolveReasoning(collapsed, 'low')).toEqualTypeOf<ResolvedReasoning | undefined>()
    expectTypeOf(resolveReasoning(model(), 'max', [])).toEqualTypeOf<ResolvedReasoning | undefined>()
    expectTypeOf<ResolvedReasoning['model']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<ResolvedReasoning['variant']>().toEqualTypeOf<Variant>()
    // @ts-expect-error: its variants are not known
    resolveReasoning(model(), 'low')
    // @ts-expect-error: a boolean is not an effort
    expectTypeOf(resolveReasoning).toBeCallableWith(collapsed, true)
  })
})
