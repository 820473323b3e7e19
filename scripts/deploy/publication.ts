/**
 * Whether a deployment would publish facts of Artificial Analysis: with a key for it, and without a read token. Secrets are
 * identified by their names, from Cloudflare's list and from the file of secrets.
 */
import { CommandError } from '../../src/cli/shared/command.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { parseConfig } from '../../src/config.ts'

export interface Publication {
  /** In the configuration file. */
  vars: Record<string, unknown>
  /** Uploaded with the Worker. */
  uploaded: Record<string, unknown>
  /** The names of the secrets that it already has; `undefined` if they cannot be listed. */
  deployed: readonly string[] | undefined
  isPublic: boolean
}

const TERMS = 'its terms limit what may be shown to others'

export function checkPublication({ vars, uploaded, deployed, isPublic }: Publication, output: Output): void {
  const { aaTier } = parseConfig({ ...vars, ...uploaded })
  if (aaTier.ok && aaTier.value === 'off') return
  const has = (name: string): boolean => deployed?.includes(name) || (name in uploaded && uploaded[name] !== '')
  if (has('READ_TOKEN')) return
  if (has('AA_API_KEY') && !isPublic)
    throw new CommandError(
      `Cannot deploy: AA_API_KEY is set but READ_TOKEN is not, so anyone could read the facts of Artificial Analysis, and ${TERMS}: set READ_TOKEN, set AA_TIER to off, or pass --public`,
    )
  if (has('AA_API_KEY')) output.write(`Note: the registry will publish facts of Artificial Analysis, and ${TERMS}\n`)
  else if (deployed === undefined)
    output.write(
      'Note: cannot list the secrets of the Worker, which may not exist yet: do not set AA_API_KEY without READ_TOKEN\n',
    )
}
