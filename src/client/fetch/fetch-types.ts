/**
 * What the client uses of `fetch` and signals, declared here so that its types require no runtime's types; if the app has
 * them, they are compatible.
 */

/** An `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean
  readonly reason?: unknown
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface FetchResponse {
  readonly ok: boolean
  readonly status: number
  readonly headers: { get(name: string): string | null }
  /** A `ReadableStream` of bytes, where there is one. */
  readonly body?: unknown
  text(): Promise<string>
}

export interface PlainFetchInit {
  headers?: Record<string, string>
  signal?: Signal
}

/** The second argument of the runtime's `fetch`. */
export type FetchInit = typeof globalThis extends { fetch: (input: string, init?: infer Init) => unknown }
  ? NonNullable<Init>
  : PlainFetchInit

/** The `fetch` of a runtime, or one that behaves like it. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

export type FetchOptions = Omit<FetchInit, 'method' | 'headers' | 'body' | 'signal'>
