/** Builds the client and holds what would be published against what it promises. */
import { fileURLToPath } from 'node:url'
import { buildPackage } from './client/build-package.ts'
import { packageComplaints } from './client/package-complaints.ts'
import { packProject } from './client/packed.ts'
import { CommandError, runCommand } from './command.ts'
import { PROJECT } from './settings.ts'

await runCommand(async () => {
  buildPackage(fileURLToPath(new URL('dist', PROJECT)))
  const complaints = await packageComplaints(packProject(), fileURLToPath(PROJECT))
  if (complaints.length > 0) throw new CommandError(`Cannot publish the client:\n${complaints.join('\n')}`)
  return 0
})
