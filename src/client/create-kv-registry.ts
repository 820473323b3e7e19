/** The reads of a client for Workers that are bound to the registry's KV namespace, without HTTP. */
import { AbortedError, localProblem, NetworkError, RegistryError } from './errors.ts'
import { abortable } from './fetch/abortable.ts'
import { type ByteStream, readBytes } from './fetch/read-text.ts'
import type { Content } from './kept/content.ts'
import { contentFrom, slicedContent } from './kv/sliced-content.ts'
import { createReader, type Reader } from './reader.ts'
import { failWith, type Reply, succeed } from './reply.ts'

const MANIFEST_KEY = 'manifest'
/** Of the manifest under that key. */
const INDEX_KEY = 'index'
const TIMEOUT_MS = 10_000

/** A `KVNamespace`. */
export interface KVBinding {
  getWithMetadata(key: string, type: 'stream'): Promise<{ value: unknown; metadata: unknown }>
}

export interface KVRegistryOptions {
  /** The binding of the registry's namespace, `REGISTRY` in its own configuration. */
  kv: KVBinding
  /** Default `manifest`. Only this key has an index, with which a read of one provider parses only that provider. */
  manifestKey?: string | undefined
  /** Milliseconds for one read. Default 10000. */
  timeout?: number | undefined
}

interface Known {
  content: Content
  /** The etag in the key's metadata; the whole text if the manifest was put there without metadata. */
  id: unknown
  seq: unknown
}

/** By binding, so that clients created for each request do not read the same version twice. */
const known = new WeakMap<KVBinding, Map<string, Known>>()

/**
 * Each read looks up the key, which KV caches for a minute; a commit older than the last one is ignored, unless KV has
 * nothing newer for an hour. While KV fails, the last manifest is returned with `stale: true`. `forceRefresh` has no effect. Throws a `TypeError` without a binding.
 */
export function createKVRegistry({ kv, manifestKey = MANIFEST_KEY, timeout = TIMEOUT_MS }: KVRegistryOptions): Reader {
  if (!kv) throw new TypeError('Cannot create a registry: "kv" is missing: is the namespace bound under that name?')
  const ofBinding = known.get(kv) ?? new Map<string, Known>()
  known.set(kv, ofBinding)
  return createReader(async ({ signal }) => {
    try {
      return await abortable(readContent(kv, manifestKey, ofBinding), signal, `KV key "${manifestKey}"`, timeout)
    } catch (error) {
      const last = ofBinding.get(manifestKey)
      const isOutage = error instanceof RegistryError && !(error instanceof AbortedError)
      return last && isOutage ? succeed(last.content, true, true) : failWith(error)
    }
  })
}

async function readContent(kv: KVBinding, key: string, known: Map<string, Known>): Promise<Reply<Content>> {
  const { stream, etag, seq } = await getEntry(kv, key)
  const last = known.get(key)
  if (last && isKnown(last, etag, seq)) {
    // Keep what is known even if the rest fails.
    await stream.cancel().catch(() => undefined)
    return succeed(last.content, true)
  }
  const [bytes, index] = await Promise.all([
    readBytes(stream).catch((error) => {
      throw new NetworkError(`KV key "${key}"`, error)
    }),
    key === MANIFEST_KEY && typeof etag === 'string' ? getIndex(kv) : undefined,
  ])
  const id = etag ?? new TextDecoder().decode(bytes)
  // Another read may have done the same meanwhile, or have found a newer one.
  const now = known.get(key)
  if (now && isKnown(now, id, seq)) return succeed(now.content, true)
  const sliced = index && slicedContent(bytes, index, { key, etag, seq })
  const content = sliced || contentFrom(key, new TextDecoder().decode(bytes))
  known.set(key, { content, id, seq })
  return succeed(content)
}

/** The same, or older: KV lags. */
const isKnown = (last: Known, id: unknown, seq: unknown): boolean => last.id === id || Number(seq) < Number(last.seq)

async function getEntry(kv: KVBinding, key: string) {
  const { value, metadata } = await kv.getWithMetadata(key, 'stream').catch((error: unknown) => {
    throw new NetworkError(`KV key "${key}"`, error)
  })
  if (!value)
    throw localProblem({ code: 'empty-registry', detail: `Cannot read KV key "${key}": there is no manifest yet` })
  const { etag, seq } = Object(metadata)
  return { stream: value as ByteStream, etag, seq } // a stream was asked for
}

/** `undefined` if there is none: the whole manifest is parsed then. */
async function getIndex(kv: KVBinding): Promise<string | undefined> {
  try {
    const { value } = await kv.getWithMetadata(INDEX_KEY, 'stream')
    return value ? new TextDecoder().decode(await readBytes(value as ByteStream)) : undefined // as asked for
  } catch {
    return undefined
  }
}
