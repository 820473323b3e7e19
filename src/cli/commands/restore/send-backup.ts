/** Sends a checked backup to an empty registry, part by part. After a refusal, the data stays until it is wiped. */
import type { Outcome } from '../../../core/schema/operations.ts'
import { CommandError } from '../../shared/command.ts'
import type { Progress } from '../../shared/progress.ts'
import { type RegistryClient, refusalOf } from '../../shared/registry-client.ts'
import type { CheckedBackup } from './check-backup.ts'
import { partsOf } from './parts.ts'
import { readBackup } from './read-backup.ts'
import { RefusedAgain, type SendOptions, sendPart } from './send-part.ts'

/** The current version at the end; absent if the backup was of an empty registry. */
export type Restored = Pick<Outcome, 'version' | 'seq'>

export async function sendBackup(
  client: RegistryClient,
  file: string,
  { header, parts }: CheckedBackup,
  { partBytes, progress, ...options }: SendOptions & { partBytes: number; progress: Progress },
): Promise<Restored> {
  let restored: Restored = {}
  for await (const part of partsOf(readBackup(file), partBytes)) {
    const isLast = part.number === parts
    restored = await sendPart(client, part, options).catch((error) => {
      if (isLast && error instanceof RefusedAgain) return readRestored(client, header.seq, error)
      throw error
    })
    progress.step(`${part.lines} lines`)
  }
  return restored
}

/** Deletes the data of an unfinished restore, and returns a sentence for the user. */
export async function wipeRestore(client: RegistryClient): Promise<string> {
  const response = await client.request('/v1/admin/import', { method: 'DELETE' })
  if (response.ok) return 'Deleted the data of an unfinished restore'
  const reason = await refusalOf(response)
  if (response.status === 409) return `Nothing to wipe: ${reason}`
  throw new CommandError(`Cannot wipe: ${reason}`)
}

/**
 * For a lost response to the last part. A registry that is open again no longer knows its parts, but its newest commit
 * shows what was restored.
 */
async function readRestored(client: RegistryClient, seq: number, refusal: CommandError): Promise<Restored> {
  const [newest] = (await client.registry.getVersions({ limit: 1 })).data ?? []
  if (newest?.seq !== seq) throw refusal
  return { version: newest.version, seq }
}
