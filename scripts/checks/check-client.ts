/** Builds the package and checks what would be published. */
import { fileURLToPath } from 'node:url'
import { runScript } from '../../src/cli/program/run-process.ts'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { buildPublished } from '../build/build-published.ts'
import { packProject } from '../build/packed-package.ts'
import { PROJECT } from '../shared/settings.ts'
import { packageComplaints } from './package-complaints.ts'

const checkClient = defineCommand({
  description: 'Builds the package and checks its files, its types and the sizes of its parts in a bundle.',
  options: {},
  async run() {
    const dist = fileURLToPath(new URL('dist', PROJECT))
    await buildPublished(dist)
    const complaints = await packageComplaints(packProject(dist), fileURLToPath(PROJECT))
    if (complaints.length > 0) throw new CommandError(`Cannot publish the package:\n${complaints.join('\n')}`)
    return 0
  },
})

await runScript('node scripts/checks/check-client.ts', checkClient)
