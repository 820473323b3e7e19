/**
 * The payload of a pull, as received: gzip of one JSON document, or, of a source that is judged provider by provider, of a
 * line that lists its shares and of the shares behind it. Each share is a member of the gzip (RFC 1952, section 2.2), so
 * that a share that did not change since the last pull is not compressed again.
 */
import { gzipSync } from 'node:zlib'
import * as z from 'zod'
import { concatenate } from '../../core/concatenate.ts'
import { unpackText } from './packed-json.ts'

export interface Payload {
  fetchedAt: string
  pages: unknown[]
}

/** One provider's share, as text and as gzip. */
export interface PackedShare {
  provider: string
  text: string
  packed: Uint8Array
}

interface PackedPull {
  fetchedAt: string
  pagesText: string | undefined
  shares: readonly PackedShare[]
}

const WholePayload = z.object({ fetchedAt: z.string(), pages: z.array(z.unknown()) })
/** The length of each share is in UTF-16 code units. */
const ShareList = z.object({ fetchedAt: z.string(), shares: z.array(z.tuple([z.string(), z.int().nonnegative()])) })

/** The fastest level, because payloads and shares are written far more often than read. */
const GZIP_LEVEL = 1

export function packText(text: string): Uint8Array {
  return gzipSync(text, { level: GZIP_LEVEL })
}

/** Without `pagesText`, the shares contain the whole pull. */
export function packPayload({ fetchedAt, pagesText, shares }: PackedPull): Uint8Array {
  if (pagesText !== undefined) return packText(`{"fetchedAt":${JSON.stringify(fetchedAt)},"pages":${pagesText}}`)
  const list = { fetchedAt, shares: shares.map(({ provider, text }) => [provider, text.length]) }
  return concatenate([packText(`${JSON.stringify(list)}\n`), ...shares.map(({ packed }) => packed)])
}

/** `undefined` if the bytes are not a payload. */
export function unpackPayload(bytes: Uint8Array): Payload | undefined {
  const text = unpackText(bytes)
  if (text === undefined) return undefined
  try {
    const end = text.indexOf('\n')
    const list = end < 0 ? undefined : ShareList.safeParse(jsonOrNothing(text.slice(0, end)))
    return list?.success ? joinShares(list.data, text.slice(end + 1)) : WholePayload.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function joinShares({ fetchedAt, shares }: z.infer<typeof ShareList>, text: string): Payload {
  let start = 0
  const members = shares.map(([provider, length]): [string, unknown] => {
    start += length
    return [provider, JSON.parse(text.slice(start - length, start))]
  })
  if (start !== text.length)
    throw new Error(`Cannot read a payload: its shares take ${start} characters, not ${text.length}`)
  return { fetchedAt, pages: [Object.fromEntries(members)] }
}
