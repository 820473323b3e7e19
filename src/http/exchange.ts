/** One request and what is at hand to answer it. */
import type { Config } from '../config.ts'
import type { Failure, Result } from '../core/failure.ts'
import type { Pointer } from '../core/schema/history.ts'
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
 * How long an answer may be kept: for ever where the version was named, about a minute where it is the current one,
 * not at all where it speaks of the registry rather than of content.
 */
export type Lifetime = 'immutable' | 'current' | 'none'

/** A body that is too large to hold in memory. */
interface Streamed {
  stream: ReadableStream<Uint8Array>
  contentType: string
}

export interface Answer {
  /** A function where a 304 can spare making it. */
  body: View | Streamed | (() => Promise<View>)
  lifetime: Lifetime
  /** The version the body is of, and its ETag. */
  version?: Pick<Pointer, 'version' | 'etag'>
  headers?: Record<string, string>
}

export type Answered = Result<Answer | { redirect: string }, Failure>
