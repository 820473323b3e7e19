/**
 * Checks that Arena's dataset still states its licence. Its card once lacked it for two weeks, so every pull checks it.
 */
import { ok, type Result, type SourceFailure } from '../../core/failure.ts'
import type { Fetch } from '../bounded-fetch.ts'
import { isJsonObject } from '../field-reader.ts'
import { fetchOpen, openSourceFailure, parseReply } from '../open-source.ts'

const LICENCE = 'cc-by-4.0'
/** The card was a few kilobytes long. */
const MAX_BYTES = 1_000_000

export async function checkLicence(url: string, fetch: Fetch): Promise<Result<undefined, SourceFailure>> {
  const asked = { source: 'Arena', setting: 'ARENA_CARD_URL', accept: 'application/json', maxBytes: MAX_BYTES }
  const reply = await fetchOpen({ ...asked, url, what: 'the card of its dataset' }, fetch)
  if (!reply.ok) return reply
  const parsed = parseReply(reply.value.text)
  if (parsed.problem !== undefined)
    return openSourceFailure('Arena', 'invalid', `the card of its dataset: ${parsed.problem}`)
  const licence = licenceIn(parsed.json)
  if (licence === LICENCE) return ok(undefined)
  const stated = typeof licence === 'string' ? `"${licence.slice(0, 100)}"` : 'none'
  return openSourceFailure('Arena', 'licence', `the card of its dataset states ${stated} as licence, not "${LICENCE}"`)
}

function licenceIn(card: unknown): unknown {
  if (!isJsonObject(card) || !isJsonObject(card.cardData)) return undefined
  return card.cardData.license
}
