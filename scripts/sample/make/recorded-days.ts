/** What models.dev listed at the end of given days, from its recorded history and a recorded body. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { applyDelta, type ListedRows, toListedRows } from '../../../src/sources/models-dev/delta.ts'
import { readDeltas } from '../../backfill/delta-file.ts'

export type Listed = ReadonlyMap<string, ListedRows>

/** As of the end of each day, by replaying the deltas up to it. */
export async function listedOn(days: readonly string[], folder: string): Promise<Map<string, Listed>> {
  const found = new Map<string, Listed>()
  const listed = new Map<string, ListedRows>()
  const wanted = days.toSorted()
  const deltas = await readDeltas(join(folder, 'models-dev', 'history', 'daily.ndjson.gz'))
  for (const { at, delta } of deltas) {
    while (wanted[0] !== undefined && at.slice(0, 10) > wanted[0]) found.set(wanted.shift() ?? '', new Map(listed))
    const changed = applyDelta(delta, (provider) => listed.get(provider))
    if (typeof changed === 'string') throw new CommandError(`Cannot replay ${at}: ${changed}`)
    for (const [provider, rows] of changed) {
      if (rows) listed.set(provider, rows)
      else listed.delete(provider)
    }
  }
  for (const day of wanted) found.set(day, listed)
  return found
}

export function listedIn(folder: string, day: string): Listed {
  const bytes = readFileSync(join(folder, 'models-dev', `api-${day}.json.gz`))
  const body: Record<string, unknown> = JSON.parse(gunzipSync(bytes).toString('utf8'))
  return new Map(Object.entries(body).map(([provider, share]) => [provider, toListedRows(share)]))
}
