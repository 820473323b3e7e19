/** One request and what is at hand to answer it. */
import type { Config } from '../config.ts'
import type { Failure, Result } from '../core/failure.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { Body } from '../edge/memory.ts'
import type { Tiers } from '../edge/tiers.ts'
import type { Registry } from '../registry/registry.ts'

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

export interface Answer {
  /** A function where a 304 can spare making it. */
  body: Body | { stream: ReadableStream<Uint8Array> } | (() => Promise<Body>)
  lifetime: Lifetime
  /** The version the body is of, and its ETag. */
  version?: Pick<Pointer, 'version' | 'etag'>
  contentType?: string
  headers?: Record<string, string>
}

export type Answered = Result<Answer | { redirect: string }, Failure>

export function jsonBody(json: unknown): Body {
  return { bytes: new TextEncoder().encode(JSON.stringify(json)) }
}
