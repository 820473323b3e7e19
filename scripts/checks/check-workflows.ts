/** Lints the workflows of GitHub Actions. */
import { globSync, readFileSync } from 'node:fs'
import { runScript } from '../../src/cli/program/run-process.ts'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { workflowComplaints } from './workflow-complaints.ts'

const checkWorkflows = defineCommand({
  description: 'Lints the GitHub Actions workflows, and requires their actions to be pinned.',
  options: {},
  async run() {
    const files = globSync('.github/workflows/*.{yml,yaml}')
    if (files.length === 0) throw new CommandError('Cannot lint the workflows: no workflow found')
    const complaints: string[] = []
    for (const file of files) complaints.push(...(await workflowComplaints(file, readFileSync(file, 'utf8'))))
    if (complaints.length > 0) throw new CommandError(`The workflows have errors:\n${complaints.join('\n')}`)
    return 0
  },
})

await runScript('node scripts/checks/check-workflows.ts', checkWorkflows)
