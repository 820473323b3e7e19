/** `backfill`: fills an empty registry with the history of models.dev, from its repository or from recorded deltas. */
import { defineCommand } from '../../src/cli/shared/command.ts'
import { ADMIN_ENVIRONMENT, adminClient, URL_OPTION } from '../../src/cli/shared/options.ts'
import { createProgress, withProgress } from '../../src/cli/shared/progress.ts'
import { describeBackfill } from './backfill-report.ts'
import { openHistory } from './history.ts'
import { fetchProgress, requireAccepting, sendDays } from './send-days.ts'

export const backfill = defineCommand({
  description: `Fills an empty registry with the history of models.dev: one commit for each day on which it changed. If run again,
it continues where it stopped.

The history is one of: git, the repository of models.dev (18 MB, cloned for the run); git:<url>, a copy of it elsewhere;
git:<directory>, a local clone of it, which is only read; or a file of recorded deltas, one JSON object per line, gzipped
or not.`,
  options: {
    url: URL_OPTION,
    from: {
      type: 'string',
      value: 'history',
      description: 'git, git:<url>, git:<directory> or a file',
      isRequired: true,
    },
  },
  environment: ADMIN_ENVIRONMENT,
  examples: ['--url https://registry.example.com --from git'],
  async run({ values: { url, from } }, context) {
    const { output, notes, now } = context
    const client = adminClient('backfill', url, context)
    await requireAccepting(client)
    const before = await fetchProgress(client)
    const history = await openHistory(from, { after: before.lastAt, now: now(), output: notes })
    try {
      output.write(`${history.total} days from ${history.name}, to ${client.url}\n`)
      const startedAt = performance.now()
      const sent = await withProgress(createProgress(history.total, notes), (progress) =>
        sendDays(client, history.days, progress),
      )
      output.write(`\n${describeBackfill({ ...sent, before, milliseconds: performance.now() - startedAt })}\n`)
    } finally {
      history.close()
    }
    return 0
  },
})
