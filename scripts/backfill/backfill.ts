/** `backfill`: fills an empty registry with the history of models.dev, from its repository or from recorded deltas. */
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { adminClient, DEFAULT_URL, refuseArguments, URL_OPTION } from '../../src/cli/shared/options.ts'
import { createProgress, withProgress } from '../../src/cli/shared/progress.ts'
import { describeBackfill } from './backfill-report.ts'
import { openHistory } from './history.ts'
import { fetchProgress, sendDays } from './send-days.ts'

const HELP = `Usage: npm run backfill -- --from FILE|git[:URL|DIR] [--url URL]

Fills an empty registry with the past: one commit for each day on which models.dev changed.
The token is read from ADMIN_TOKEN. Run again, it goes on where it stopped.

  --from git        the repository of models.dev, cloned for the run (18 MB)
  --from git:URL    a copy of it elsewhere
  --from git:DIR    a clone of it on this machine, which is only read
  --from FILE       recorded deltas, one a line as JSON, gzipped or not
  --url URL         where the registry is (default: ${DEFAULT_URL})
  --help            show this text`

export const backfill = defineCommand({
  help: HELP,
  options: { url: URL_OPTION, from: { type: 'string' } },
  async run({ values: { url, from }, positionals }, { env, output, now }) {
    refuseArguments('backfill', positionals)
    if (from === undefined) throw new CommandError('Cannot backfill: say --from FILE or --from git (see --help)')
    const client = adminClient('backfill', url, env)
    const before = await fetchProgress(client)
    const history = await openHistory(from, { after: before.lastAt, now: now(), output })
    try {
      output.write(`${history.total} days from ${history.name}, to ${client.url}\n`)
      const startedAt = performance.now()
      const sent = await withProgress(createProgress(history.total, output), (progress) =>
        sendDays(client, history.days, progress),
      )
      output.write(`\n${describeBackfill({ ...sent, before, milliseconds: performance.now() - startedAt })}\n`)
    } finally {
      history.close()
    }
    return 0
  },
})
