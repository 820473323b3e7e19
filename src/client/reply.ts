/** What every call resolves to: data or an error, never both and never neither. */
import { type ClientError, RegistryError } from './errors.ts'

export interface Success<T> {
  data: T
  error: undefined
  /** The data came from memory or storage, also if the registry had nothing newer. */
  cached: boolean
  /** The registry could not be reached to check for a newer version. */
  stale: boolean
}

export interface Failed {
  data: undefined
  error: ClientError
  cached: false
  stale: false
}

export type Reply<T> = Success<T> | Failed

export function succeed<T>(data: T, cached = false, stale = false): Success<T> {
  return { data, error: undefined, cached, stale }
}

/** For an error that is a `RegistryError`; any other is a bug and goes on. */
export function failWith(error: unknown): Failed {
  if (!(error instanceof RegistryError)) throw error
  // The subclasses are all there is: the base is abstract.
  return { data: undefined, error: error as ClientError, cached: false, stale: false }
}
