/**
 * The Durable Object class that the Worker exports. The Worker and the object share one bundle, but an isolate that only
 * reads does not need the object's code, so it is evaluated when an object is opened. Has the methods of `Registry`.
 */
import { DurableObject } from 'cloudflare:workers'
import type { Registry } from './registry.ts'

type Method = Exclude<
  { [Key in keyof Registry]: Registry[Key] extends (...args: never[]) => unknown ? Key : never }[keyof Registry],
  'clock' | 'outbound' | 'fetch' | `webSocket${string}` | `__${string}` | undefined
>

/** Remote calls find only methods on the prototype of the class. A missing key does not compile. */
const METHODS: Record<Method, true> = {
  accept: true,
  alarm: true,
  backfill: true,
  backfillState: true,
  changedPrices: true,
  changeOverrides: true,
  current: true,
  diff: true,
  disagreements: true,
  explain: true,
  export: true,
  fill: true,
  heldDiff: true,
  history: true,
  importPull: true,
  lastSeen: true,
  liftPin: true,
  manifest: true,
  modelRecord: true,
  override: true,
  overrideChanges: true,
  overrides: true,
  part: true,
  payload: true,
  previewLift: true,
  previewRollBack: true,
  priceBook: true,
  prices: true,
  providersOfDiff: true,
  pull: true,
  pulls: true,
  refresh: true,
  reject: true,
  resolve: true,
  restore: true,
  rollBack: true,
  runScheduled: true,
  status: true,
  version: true,
  versions: true,
  wipeRestore: true,
}

class Shell extends DurableObject<Env> {
  #registry: Registry | undefined

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    void ctx.blockConcurrencyWhile(async () => {
      const { Registry } = await import('./registry.ts')
      this.#registry = new Registry(ctx, env)
      await this.#registry.opening
    })
  }

  static {
    for (const name of Object.keys(METHODS) as Method[]) // the keys of the record
      Object.defineProperty(Shell.prototype, name, {
        value(this: Shell, ...args: unknown[]) {
          const registry = this.#registry
          if (!registry) throw new Error('Cannot use the registry: it is not open yet')
          return Reflect.apply(registry[name], registry, args)
        },
      })
  }
}

/** The cast is safe: each listed method calls the method of `Registry`. */
export const LazyRegistry = Shell as unknown as new (ctx: DurableObjectState, env: Env) => Registry
export type LazyRegistry = Registry
