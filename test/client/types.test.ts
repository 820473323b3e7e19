/** What a caller's compiler sees. Checked by `tsc`; the tests themselves only have to run. */
import { describe, expectTypeOf, it } from 'vitest'
import type {
  ClientError,
  Diff,
  Manifest,
  Model,
  ModelHistory,
  Override,
  Provider,
  Reader,
  Registry,
  RegistryOptions,
  Reply,
  SearchFilter,
  VersionId,
  VersionInfo,
} from '../../src/client/index.ts'
import { applyOverrides, createRegistry, estimateCost } from '../../src/client/index.ts'
import { provider } from '../builders.ts'

const registry = createRegistry({
  baseUrl: 'https://registry.test',
  cache: 'none',
  fetch: () => Promise.reject(new Error('offline')),
})

describe('a reply', () => {
  it('has data where it has no error, also taken apart', async () => {
    const { data, error } = await registry.getModels()
    if (error) {
      expectTypeOf(data).toEqualTypeOf<undefined>()
      expectTypeOf(error).toEqualTypeOf<ClientError>()
    } else expectTypeOf(data).toEqualTypeOf<Model[]>()
    const { data: vision } = await registry.searchModels({ capability: 'vision', minIq: 3 })
    expectTypeOf(vision).toEqualTypeOf<Model[] | undefined>()
  })

  it('has an error whose name tells its fields', () => {
    const tell = (error: ClientError): number | string | undefined => {
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
      }
    }
    expectTypeOf(tell).returns.toEqualTypeOf<number | string | undefined>()
  })
})

describe('the methods', () => {
  it('give what they say', () => {
    expectTypeOf(registry.getManifest).returns.resolves.toEqualTypeOf<Reply<Manifest>>()
    expectTypeOf(registry.getProviders).returns.resolves.toEqualTypeOf<Reply<Provider[]>>()
    expectTypeOf(registry.getModel).parameter(0).toEqualTypeOf<string>()
    expectTypeOf(registry.getVersion).returns.resolves.toEqualTypeOf<Reply<VersionId>>()
    expectTypeOf(registry.getVersions).returns.resolves.toEqualTypeOf<Reply<VersionInfo[]>>()
    expectTypeOf(registry.getDiff).returns.resolves.toEqualTypeOf<Reply<Diff>>()
    expectTypeOf(registry.getModelHistory).returns.resolves.toEqualTypeOf<Reply<ModelHistory>>()
    expectTypeOf(registry.at).parameter(0).toEqualTypeOf<string | Date>()
    expectTypeOf(registry.at).returns.toEqualTypeOf<Reader>()
    expectTypeOf<Registry>().toExtend<Reader>()
  })
})

describe('the options', () => {
  it('need a base URL and take a signal and a fetch of the runtime', () => {
    expectTypeOf<{ cache: 'none' }>().not.toExtend<RegistryOptions>()
    expectTypeOf<{ baseUrl: string; cache: 'memory' }>().not.toExtend<RegistryOptions>()
    expectTypeOf<typeof globalThis.fetch>().toExtend<NonNullable<RegistryOptions['fetch']>>()
    expectTypeOf<() => Promise<Response>>().toExtend<NonNullable<RegistryOptions['fetch']>>()
    expectTypeOf(registry.getModels).toBeCallableWith({ signal: new AbortController().signal })
    expectTypeOf<{ credentials: 'include' }>().toExtend<NonNullable<RegistryOptions['fetchOptions']>>()
  })

  it('of a search are one value or a list where the registry takes several', () => {
    expectTypeOf<{ capability: 'vision' }>().toExtend<SearchFilter>()
    expectTypeOf<{ capability: readonly ['vision', 'audio'] }>().toExtend<SearchFilter>()
    expectTypeOf<{ capability: 'sight' }>().not.toExtend<SearchFilter>()
    expectTypeOf<{ minIq: '3' }>().not.toExtend<SearchFilter>()
    expectTypeOf<{ sort: '-price' }>().toExtend<SearchFilter>()
  })
})

describe('the functions', () => {
  it('take a manifest as it is read', () => {
    const overrides: Override[] = [
      { provider: 'mine', set: { name: 'Mine' } },
      { provider: 'mine', value: 'one', inheritFrom: { provider: 'acme', value: 'acme-one' } },
    ]
    const applied = applyOverrides({ providers: [provider()], models: [] }, overrides)
    expectTypeOf(applied).toEqualTypeOf<{ providers: Provider[]; models: Model[] }>()
    expectTypeOf(estimateCost).returns.toEqualTypeOf<number | undefined>()
  })
})
