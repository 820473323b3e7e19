/**
 * What does not work of the tiers between the readers and the Durable Object, seen from here. Reads bypass it, so that
 * nobody would notice; the status names it to the operator. Anybody may read the status, and to look costs reads of KV and
 * the digest of a manifest: so an isolate looks now and then, and answers what it found in between.
 */
import { parseJson } from '../core/parse-json.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { RegistryStatus } from '../core/schema/operations.ts'
import { readPointer } from './pointer.ts'
import { loadFromKv } from './read-version.ts'
import { probeShared } from './shared-cache.ts'
import type { Tiers } from './tiers.ts'

type Warning = RegistryStatus['warnings'][number]

/** A write to KV is seen everywhere after a minute; the object writes within seconds of a commit. */
const KV_LAG_SECONDS = 120
/** Whoever has fixed something need not wait long to see it. */
const LOOK_EVERY_MS = 10_000
const REWRITTEN = 'reads bypass it, and the next pull that succeeds rewrites it'

export async function tierWarnings(tiers: Tiers, status: RegistryStatus): Promise<Warning[]> {
  const { memory, clock } = tiers
  const now = clock()
  const known = memory.warnings
  // A clock that jumped back says nothing of how long ago it was.
  if (known && now >= known.at && now - known.at < LOOK_EVERY_MS) return known.found
  // Requests in the meantime get what is known, if anything is.
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
  if (text === null) return corrupt('current', 'is missing')
  const pointer = readPointer(parseJson(text))
  if (!pointer) return corrupt('current', 'is not a pointer')
  if (!(await loadFromKv(tiers, pointer))?.proves('all'))
    return corrupt('manifest', `is not that of commit ${pointer.seq}`)
  return pointer.seq < seq ? behind(pointer, seq) : undefined
}

function corrupt(key: string, reason: string): Warning {
  return { code: 'kv-corrupt', detail: `The key "${key}" of KV ${reason}: ${REWRITTEN}` }
}

function behind({ seq }: Pointer, newest: number): Warning {
  const detail = `KV holds commit ${seq}, which readers get, while the newest is ${newest}: the log says why it could not be written, which is tried again every few minutes`
  return { code: 'kv-behind', detail }
}

async function cacheWarning(tiers: Tiers): Promise<Warning | undefined> {
  try {
    await probeShared(tiers)
    return undefined
  } catch (error) {
    return { code: 'cache-failing', detail: `Cannot use the Cache API: ${reasonOf(error)}: reads work without it` }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
