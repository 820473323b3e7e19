/** Lints the workflows of GitHub Actions. */
import { globSync, readFileSync } from 'node:fs'
import { CommandError } from '../../src/cli/shared/command.ts'
import { exitWith } from '../../src/cli/shared/run-process.ts'
import { workflowComplaints } from './workflow-complaints.ts'

await exitWith(async () => {
  const files = globSync('.github/workflows/*.{yml,yaml}')
  if (files.length === 0) throw new CommandError('Cannot lint the workflows: there are none')
  const complaints: string[] = []
  for (const file of files) complaints.push(...(await workflowComplaints(file, readFileSync(file, 'utf8'))))
  if (complaints.length > 0) throw new CommandError(`The workflows are not sound:\n${complaints.join('\n')}`)
  return 0
})
