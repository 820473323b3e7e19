/**
 * Whether a deployment would show everybody what Artificial Analysis limits: with a key for it, and without a token for
 * reading. Secrets are known by their names, as Cloudflare lists them and as a file of secrets holds them.
 */
import { CommandError } from '../../src/cli/shared/command.ts'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { parseConfig } from '../../src/config.ts'

export interface Publication {
  /** In the configuration file. */
  vars: Record<string, unknown>
  /** Uploaded with the Worker. */
  uploaded: Record<string, unknown>
  /** The names of those that it has already; `undefined` where they cannot be listed. */
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
