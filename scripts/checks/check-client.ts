/** Builds the client and holds what would be published against what it promises. */
import { fileURLToPath } from 'node:url'
import { runScript } from '../../src/cli/program/run-process.ts'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { buildCommand } from '../build/build-command.ts'
import { buildPackage } from '../build/build-package.ts'
import { PROJECT } from '../shared/settings.ts'
import { packageComplaints } from './package-complaints.ts'
import { packProject } from './packed.ts'

const checkClient = defineCommand({
  description: 'Builds the package and checks it: its files, its types and how large its parts are in a bundle.',
  options: {},
  async run() {
    const folder = fileURLToPath(new URL('dist', PROJECT))
    buildPackage(folder)
    await buildCommand(folder)
    const complaints = await packageComplaints(packProject(), fileURLToPath(PROJECT))
    if (complaints.length > 0) throw new CommandError(`Cannot publish the client:\n${complaints.join('\n')}`)
    return 0
  },
})

await runScript('node scripts/checks/check-client.ts', checkClient)
