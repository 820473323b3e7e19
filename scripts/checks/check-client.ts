/** Builds the client and holds what would be published against what it promises. */
import { fileURLToPath } from 'node:url'
import { CommandError } from '../../src/cli/shared/command.ts'
import { exitWith } from '../../src/cli/shared/run-process.ts'
import { buildPackage } from '../build/build-package.ts'
import { PROJECT } from '../shared/settings.ts'
import { packageComplaints } from './package-complaints.ts'
import { packProject } from './packed.ts'

await exitWith(async () => {
  buildPackage(fileURLToPath(new URL('dist', PROJECT)))
  const complaints = await packageComplaints(packProject(), fileURLToPath(PROJECT))
  if (complaints.length > 0) throw new CommandError(`Cannot publish the client:\n${complaints.join('\n')}`)
  return 0
})
