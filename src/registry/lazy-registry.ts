/**
 * The Durable Object's class as the Worker exports it. The Worker and the object share one bundle, and an isolate that
 * only reads needs nothing of the object: its code is evaluated when an object is opened. Answers like the registry.
 */
import { DurableObject } from 'cloudflare:workers'
import type { Registry } from './registry.ts'

type Method = Exclude<
  { [Key in keyof Registry]: Registry[Key] extends (...args: never[]) => unknown ? Key : never }[keyof Registry],
  'clock' | 'outbound' | 'fetch' | `webSocket${string}` | `__${string}` | undefined
>

/** Remote calls find only what the prototype of the class has. A key that is missing here does not compile. */
const METHODS: Record<Method, true> = {
  accept: true,
  alarm: true,
  backfill: true,
  backfillState: true,
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
    for (const name of Object.keys(METHODS) as Method[]) // its keys
      Object.defineProperty(Shell.prototype, name, {
        value(this: Shell, ...args: unknown[]) {
          const registry = this.#registry
          if (!registry) throw new Error('Cannot use the registry: it is not open yet')
          return Reflect.apply(registry[name], registry, args)
        },
      })
  }
}

/** The methods are those listed, each of which is the registry's own. */
export const LazyRegistry = Shell as unknown as new (ctx: DurableObjectState, env: Env) => Registry
export type LazyRegistry = Registry
