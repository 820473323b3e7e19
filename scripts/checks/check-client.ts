/** Builds the client and holds what would be published against what it promises. */
import { fileURLToPath } from 'node:url'
import { CommandError } from '../../src/cli/shared/command.ts'
import { exitWith } from '../../src/cli/shared/run-process.ts'
import { buildPackage } from '../build/build-package.ts'
import { packProject } from '../build/packed-package.ts'
import { PROJECT } from '../shared/settings.ts'
import { packageComplaints } from './package-complaints.ts'

await exitWith(async () => {
  const dist = fileURLToPath(new URL('dist', PROJECT))
  buildPackage(dist)
  const complaints = await packageComplaints(packProject(dist), fileURLToPath(PROJECT))
  if (complaints.length > 0) throw new CommandError(`Cannot publish the client:\n${complaints.join('\n')}`)
  return 0
})
