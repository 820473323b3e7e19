/** One request and what is available to answer it. */
import type { Config } from '../config.ts'
import type { Failure, Result } from '../core/failure.ts'
import type { TaggedView } from '../edge/tagged-view.ts'
import type { Tiers } from '../edge/tiers.ts'
import type { Registry } from '../registry/registry.ts'
import type { View } from '../views/view.ts'

export interface Exchange {
  request: Request
  config: Config
  tiers: Tiers
  env: Env
  registry: DurableObjectStub<Registry>
  /** The name of the token of an administrator. */
  admin: string
}

/**
 * How long a response may be cached: forever if the version was named, about a minute for the current version, not at
 * all if it describes the registry rather than content.
 */
export type Lifetime = 'immutable' | 'current' | 'none'

/** A body that is too large to hold in memory. */
export interface Streamed {
  stream: ReadableStream<Uint8Array>
  contentType: string
}

export interface Answer {
  /** A function if a 304 can save the work of making it. An untagged view has no ETag. */
  body: View | TaggedView | Streamed | (() => Promise<View | TaggedView>)
  lifetime: Lifetime
  /** The version that the body is of. */
  version?: string
  /** The ETag of the body, if it is known without making the body; in double quotes. */
  etag?: string
  headers?: Record<string, string>
}

export type Answered = Result<Answer | { redirect: string }, Failure>
