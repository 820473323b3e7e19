import { NetworkError } from '../errors.ts'

/** A module of the client that is loaded on first use: in a page it is fetched over the network. */
export async function loadModule<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw new NetworkError('a module of the client', error)
  }
}
