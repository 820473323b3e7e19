/**
 * What the client needs of `fetch` and of a signal, so that its types ask for none of a runtime's: they take those of the
 * runtime that the app is typed for, where it has them.
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
