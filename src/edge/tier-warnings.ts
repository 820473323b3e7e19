/**
 * What does not work of the tiers between the readers and the Durable Object, seen from here. Reads go round it, so that
 * nobody would notice; the status tells the operator. Anybody may ask for the status, and to look costs reads of KV and
 * the digest of a manifest: so an isolate looks now and then, and tells what it saw in between.
 */
import type { Pointer } from '../core/schema/history.ts'
import type { RegistryStatus } from '../core/schema/operations.ts'
import { readPointer } from './pointer.ts'
import { loadFromKv } from './read-version.ts'
import { probeShared } from './shared-cache.ts'
import type { Tiers } from './tiers.ts'

type Warning = RegistryStatus['warnings'][number]

/** A write to KV is seen everywhere after a minute; the object writes within seconds of a commit. */
const KV_LAG_SECONDS = 120
/** Who has mended something need not wait long to see it. */
const LOOK_EVERY_MS = 10_000
const WRITTEN_ANEW = 'reads go round it, and the next pull that succeeds writes it anew'

export async function tierWarnings(tiers: Tiers, status: RegistryStatus): Promise<Warning[]> {
  const { memory, clock } = tiers
  const now = clock()
  const known = memory.warnings
  // A clock that jumped back says nothing of how long ago it was.
  if (known && now >= known.at && now - known.at < LOOK_EVERY_MS) return known.found
  // Who asks meanwhile gets what is known, if anything is.
  if (known) memory.warnings = { ...known, at: now }
  const found = await look(tiers, status)
  memory.warnings = { found, at: now }
  return found
}

async function look(tiers: Tiers, status: RegistryStatus): Promise<Warning[]> {
  const warnings = await Promise.all([kvWarning(tiers, status), cacheWarning(tiers)])
  return warnings.filter((warning) => warning !== undefined)
}

async function kvWarning(tiers: Tiers, { seq, ageSeconds = 0 }: RegistryStatus): Promise<Warning | undefined> {
  let text: string | null
  try {
    text = await tiers.kv.get('current', { type: 'text' })
  } catch (error) {
    return { code: 'kv-unreadable', detail: `Cannot read KV: ${reasonOf(error)}: reads ask the Durable Object instead` }
  }
  if (seq === undefined || ageSeconds < KV_LAG_SECONDS) return undefined
  if (text === null) return corrupt('current', 'is not there')
  const pointer = readPointer(parseJson(text))
  if (!pointer) return corrupt('current', 'is no pointer')
  if (!(await loadFromKv(tiers, pointer))) return corrupt('manifest', `is not the one of row ${pointer.seq}`)
  return pointer.seq < seq ? behind(pointer, seq) : undefined
}

function corrupt(key: string, reason: string): Warning {
  return { code: 'kv-corrupt', detail: `The key "${key}" of KV ${reason}: ${WRITTEN_ANEW}` }
}

function behind({ seq }: Pointer, newest: number): Warning {
  const detail = `KV holds row ${seq}, and so do readers, while the newest is row ${newest}: the log says why it could not be written, which is tried again every few minutes`
  return { code: 'kv-behind', detail }
}

async function cacheWarning(tiers: Tiers): Promise<Warning | undefined> {
  try {
    await probeShared(tiers)
    return undefined
  } catch (error) {
    return { code: 'cache-failing', detail: `Cannot use the Cache API: ${reasonOf(error)}: reads do without it` }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
