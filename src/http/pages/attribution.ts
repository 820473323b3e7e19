/**
 * The sources that a page credits. The object has them in a row of the commit: a page need not read the manifest for them,
 * which is larger than everything else that it reads.
 */
import type { Attribution, Pointer } from '../../core/schema/history.ts'
import { commitKeyOf, SEED_SEQ } from '../../edge/memory.ts'
import { readRecord } from '../../edge/records/read-record.ts'
import { loadVersion } from '../../edge/versions/read-version.ts'
import { jsonView } from '../../views/json-view.ts'
import type { Exchange } from '../exchange.ts'
import { readCommits } from './commits.ts'

export async function readAttribution(exchange: Exchange, pointer: Pointer): Promise<Attribution[]> {
  const view = await readRecord(exchange.tiers, pointer, 'attribution', async () =>
    jsonView(await attributionOf(exchange, pointer)),
  )
  return view ? (JSON.parse(new TextDecoder().decode(view.bytes)) as Attribution[]) : [] // our own
}

async function attributionOf(exchange: Exchange, pointer: Pointer): Promise<Attribution[]> {
  const { tiers } = exchange
  const known = tiers.memory.versions.get(commitKeyOf(pointer))
  if (known) return known.head.attribution
  const commit = await readCommit(exchange, pointer)
  return commit?.attribution ?? (await loadVersion(tiers, pointer, [])).head.attribution
}

/** `undefined` for a manifest that was put into KV by hand, and where the object cannot be reached. */
async function readCommit(exchange: Exchange, { seq, chain }: Pointer) {
  if (seq === SEED_SEQ) return undefined
  const [commit] = await readCommits(exchange, seq, 1).catch(() => [])
  return commit?.chain === chain ? commit : undefined
}
