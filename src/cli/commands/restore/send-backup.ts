/** Sends a checked backup to an empty registry, part by part. What a refusal leaves behind stays until it is wiped. */
import * as z from 'zod'
import { VersionInfo } from '../../../core/schema/history.ts'
import type { Outcome } from '../../../core/schema/operations.ts'
import { CommandError } from '../../shared/command.ts'
import { refusalOf, requestRegistry } from '../../shared/registry-request.ts'
import type { Target } from '../../shared/target-options.ts'
import type { Progress } from '../../shared/terminal.ts'
import type { CheckedBackup } from './check-backup.ts'
import { partsOf } from './parts.ts'
import { readBackup } from './read-backup.ts'
import type { RestoreOptions } from './restore-options.ts'
import { RefusedAgain, type SendOptions, sendPart } from './send-part.ts'

/** What is current in the registry at the end: nothing if the backup was of an empty one. */
export type Restored = Pick<Outcome, 'version' | 'seq'>

export async function sendBackup(
  { file, target }: RestoreOptions,
  { header, parts }: CheckedBackup,
  { partBytes, progress, ...options }: SendOptions & { partBytes: number; progress: Progress },
): Promise<Restored> {
  let restored: Restored = {}
  for await (const part of partsOf(readBackup(file), partBytes)) {
    const isLast = part.number === parts
    restored = await sendPart(target, part, options).catch((error) => {
      if (isLast && error instanceof RefusedAgain) return readRestored(target, header.seq, error)
      throw error
    })
    progress.step(`${part.lines} lines`)
  }
  return restored
}

/** Wipes what an unfinished restore has left, and says whether there was anything. */
export async function wipeRestore(target: Target): Promise<string> {
  const response = await requestRegistry(target, '/v1/admin/import', { method: 'DELETE' })
  if (response.ok) return 'Wiped what an unfinished restore had left'
  const reason = await refusalOf(response)
  if (response.status === 409) return `Nothing to wipe: ${reason}`
  throw new CommandError(`Cannot wipe: ${reason}`)
}

/** The answer to the last part was lost, and a registry that is open again knows no parts: its newest row tells. */
async function readRestored(target: Target, seq: number, refusal: CommandError): Promise<Restored> {
  const response = await requestRegistry(target, '/v1/versions?limit=1')
  const [newest] = z
    .array(VersionInfo)
    .catch([])
    .parse(await response.json().catch(() => undefined))
  if (newest?.seq !== seq) throw refusal
  return { version: newest.version, seq }
}
