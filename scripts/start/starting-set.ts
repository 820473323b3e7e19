/** The overrides in `overrides/`, loaded into a sample registry that nobody has corrected yet. */
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { readOverrideFolder } from '../../src/cli/commands/overrides/override-folder.ts'
import { planPush } from '../../src/cli/commands/overrides/push-plan.ts'
import { sendChanges } from '../../src/cli/commands/overrides/registry-overrides.ts'
import { CommandError } from '../../src/cli/shared/command.ts'
import { detailOf, type RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { PROJECT } from '../shared/settings.ts'

/** Puts the starting overrides and returns their number. Puts none if there ever was an override, even a deleted one. */
export async function loadStartingSet(client: RegistryClient): Promise<number> {
  if (await hasHistory(client)) return 0
  const changes = planPush(await readOverrideFolder(fileURLToPath(new URL('overrides', PROJECT))), [], { all: false })
  await sendChanges(client, changes)
  return changes.length
}

async function hasHistory(client: RegistryClient): Promise<boolean> {
  const reply = await client.get('/v1/admin/overrides/history?limit=1')
  const history = z.array(z.unknown()).safeParse(reply.body)
  if (reply.status === 200 && history.success) return history.data.length > 0
  throw new CommandError(`Cannot read the history of overrides: ${detailOf(reply)}`)
}
