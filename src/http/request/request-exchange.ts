/** What a request can reach: the settings, the tiers and the object, each looked for when it is first used. */
import { badSettings, type Config, parseConfig, readsArePublic } from '../../config.ts'
import type { Memory } from '../../edge/memory.ts'
import type { Tiers } from '../../edge/tiers.ts'
import type { Exchange } from '../exchange.ts'

const REGISTRY_NAME = 'registry'
const CACHE_NAME = 'llm-registry'

/** As the runtime hands over a request. */
interface Call {
  request: Request
  env: Env
  /** Throws where there is none: only work that is deferred needs it. */
  context: () => Pick<ExecutionContext, 'waitUntil'>
}

/** A class, because its getters cost nothing until they are used. */
export class RequestExchange implements Exchange {
  readonly request: Request
  readonly env: Env
  readonly config: Config
  readonly tiers: Tiers
  admin = ''
  #stub: Exchange['registry'] | undefined

  constructor({ request, env, context }: Call, memory: Memory) {
    this.request = request
    this.env = env
    this.config = configOf(env)
    this.tiers = new RequestTiers(context, this, memory)
  }

  /** Created on first use: most responses do not need the object, and a stub costs more than everything else here. */
  get registry(): Exchange['registry'] {
    this.#stub ??= this.env.REGISTRY_DO.getByName(REGISTRY_NAME)
    return this.#stub
  }
}

class RequestTiers implements Tiers {
  readonly memory: Memory
  readonly clock = Date.now
  readonly defer = (work: Promise<unknown>): void => this.#context().waitUntil(work)
  readonly #context: Call['context']
  readonly #exchange: Exchange

  constructor(context: Call['context'], exchange: Exchange, memory: Memory) {
    this.memory = memory
    this.#context = context
    this.#exchange = exchange
  }

  get cache(): Tiers['cache'] {
    return readsArePublic(this.#exchange.config) ? lazyCache : undefined
  }

  get kv(): Tiers['kv'] {
    return this.#exchange.env.REGISTRY
  }

  get registry(): Tiers['registry'] {
    return this.#exchange.registry
  }
}

/** Opened on first use: most responses need no cache. */
const lazyCache: Tiers['cache'] = {
  match: async (...args) => (await caches.open(CACHE_NAME)).match(...args),
  put: async (...args) => (await caches.open(CACHE_NAME)).put(...args),
}

const configs = new WeakMap<object, Config>()

function configOf(env: Env): Config {
  const known = configs.get(env)
  if (known) return known
  const config = parseConfig(env)
  for (const { detail } of badSettings(config)) console.error(detail)
  configs.set(env, config)
  return config
}
