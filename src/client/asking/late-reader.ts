import { AbortedError } from '../errors.ts'
import type { Signal } from '../fetch/fetch-types.ts'
import type { Transport } from '../fetch/transport.ts'
import type { Reader, ReadOptions } from '../reader.ts'
import { failWith, type Reply } from '../reply.ts'

const READS: (keyof Reader)[] = [
  ...(['getManifest', 'getProviders', 'getModels', 'getProviderModels', 'getModel'] as const),
  ...(['find', 'getOffers', 'costOf', 'searchModels', 'getVersion'] as const),
]

type Read = (...args: unknown[]) => Promise<Reply<unknown>>

/** A reader that is loaded on first use, and is not read after the client is destroyed. */
export function createLateReader(
  get: (signal: Signal | undefined) => Reader | Promise<Reader>,
  transport: Transport,
): Reader {
  const late = (name: keyof Reader): Read => {
    return async (...args) => {
      try {
        if (transport.isClosed()) throw new AbortedError()
        // The options are the last of all arguments, wherever that is.
        const { signal }: ReadOptions = Object(args.at(-1))
        return await ((await get(signal))[name] as Read)(...args) // its own arguments
      } catch (error) {
        return failWith(error)
      }
    }
  }
  return Object.fromEntries(READS.map((name) => [name, late(name)])) as unknown as Reader // each of its methods
}
