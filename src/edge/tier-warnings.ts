/**
 * Which tiers between the readers and the Durable Object fail, as seen from this isolate. Reads bypass a failing tier, so
 * the failure would go unnoticed; the status reports it. The status is public, and a check costs reads of KV and the
 * digest of a manifest: so an isolate checks at intervals and returns the last result in between.
 */
import { parseJson } from '../core/json/parse-json.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { RegistryStatus } from '../core/schema/operations.ts'
import { readPointer } from './pointer.ts'
import { probeShared } from './shared-cache.ts'
import type { Tiers } from './tiers.ts'
import { loadFromKv } from './versions/read-version.ts'

type Warning = RegistryStatus['warnings'][number]

/** A write to KV is seen everywhere after a minute; the object writes within seconds of a commit. */
const KV_LAG_SECONDS = 120
/** Short enough that an operator sees the effect of a fix soon. */
const LOOK_EVERY_MS = 10_000
const REWRITTEN = 'reads bypass it, and the next pull that succeeds rewrites it'

export async function tierWarnings(tiers: Tiers, status: RegistryStatus): Promise<Warning[]> {
  const { memory, clock } = tiers
  const now = clock()
  const known = memory.warnings
  // After the clock was set back, the age is unknown.
  if (known && now >= known.at && now - known.at < LOOK_EVERY_MS) return known.found
  // Requests in the meantime get the last result, if there is one.
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
    return {
      code: 'kv-unreadable',
      detail: `Cannot read KV: ${reasonOf(error)}: reads go to the Durable Object instead`,
    }
  }
  if (seq === undefined || ageSeconds < KV_LAG_SECONDS) return undefined
  if (text === null) return corrupt('current', 'is missing')
  const pointer = readPointer(parseJson(text))
  if (!pointer) return corrupt('current', 'is not a pointer')
  if (!(await loadFromKv(tiers, pointer))?.proves('all'))
    return corrupt('manifest', `is not the one of commit ${pointer.seq}`)
  return pointer.seq < seq ? behind(pointer, seq) : undefined
}

function corrupt(key: string, reason: string): Warning {
  return { code: 'kv-corrupt', detail: `The key "${key}" of KV ${reason}: ${REWRITTEN}` }
}

function behind({ seq }: Pointer, newest: number): Warning {
  const detail = `KV holds commit ${seq}, which readers get, while the newest is ${newest}: the write is retried every few minutes, and the log shows why it fails`
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
