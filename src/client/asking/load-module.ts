import { NetworkError } from '../errors.ts'

/** A module of the client that is loaded when it is first needed: in a page it comes over the network. */
export async function loadModule<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw new NetworkError('a module of the client', error)
  }
}
