import { NetworkError } from '../errors.ts'
import { abortable } from '../fetch/abortable.ts'
import type { Signal } from '../fetch/fetch-types.ts'

const WHAT = 'a module of the client'

/** A module of the client that is loaded on first use: in a page it is fetched over the network. `timeout` in milliseconds. */
export function loadModule<T>(load: () => Promise<T>, signal: Signal | undefined, timeout: number): Promise<T> {
  const loaded = load().catch((error: unknown) => {
    throw new NetworkError(WHAT, error)
  })
  return abortable(loaded, signal, WHAT, timeout)
}
