/** The output of `npm start` once the registry runs: what was done, where to look, what to try. */

import { paint } from '../../src/cli/shared/terminal.ts'
import type { RegistryStatus } from '../../src/core/schema/operations.ts'
import { SAMPLE_DAYS } from '../sample/sample-days.ts'
import type { Filling } from './fill-registry.ts'
import type { Mode } from './start-plan.ts'

export interface Started {
  mode: Mode
  url: string
  /** The data that it was filled with; none with `--empty`. */
  filling: Filling | undefined
  counts: RegistryStatus['counts']
  adminToken: string
  /** Whether the token was generated rather than set. */
  generated: boolean
  storage: string
  tourLines: string[]
}

const SAMPLE_NOTICE = `This is only a sample of real facts: some models of models.dev (MIT) as they were on six days up to ${SAMPLE_DAYS.last},
and the index of Epoch AI (CC BY 4.0) of ${SAMPLE_DAYS.scored}. npm start fetches current facts if it can reach a source.`

const NOT_PULLED_NOTICE = `To pull again, send POST /v1/admin/refresh with the admin token; GET /v1/status shows when the next pull is due.
"npm start -- --sample" serves a sample of real facts.`

const emptyNotice = (url: string) => `To fill it, in another terminal, with the admin token in ADMIN_TOKEN:
  npm run registry -- replay DIR --url ${url}    # recorded pulls
  npm run registry -- restore FILE --url ${url}    # a backup
  npm run backfill -- --from git --url ${url}    # the history of models.dev
The first and the last require their source to be enabled: MODELS_DEV_URL=https://models.dev/api.json npm start -- --empty`

export function describeStart(started: Started): string {
  const { url, filling, counts, adminToken, generated, storage, tourLines } = started
  const rows = [
    ['pages', `${url}/`],
    ['API', `${url}/docs`],
    ['data', [describeFilling(filling), describeCounts(counts)].filter(Boolean).join(': ') || 'none'],
    ['admin token', generated ? `${adminToken} (generated, kept in ${storage}/admin-token)` : 'the one in ADMIN_TOKEN'],
    ['storage', storage],
  ] as const
  const notice = noticeOf(started)
  return [
    '',
    `${paint('green', 'LLM Registry is running at')} ${paint('bold', url)}`,
    ...rows.map(([label, text]) => `  ${paint('dim', label.padEnd(11))}  ${text}`),
    ...(notice ? ['', notice] : []),
    '',
    'Try',
    ...tourLines.map((line) => `  ${paint('cyan', line)}`),
    '',
    'Press Ctrl-C to stop it.',
  ].join('\n')
}

function noticeOf({ mode, url, filling }: Started): string | undefined {
  if (mode === 'sample') return SAMPLE_NOTICE
  if (mode === 'empty') return emptyNotice(url)
  return filling?.kind === 'not-pulled' ? NOT_PULLED_NOTICE : undefined
}

function describeFilling(filling: Filling | undefined): string | undefined {
  switch (filling?.kind) {
    case undefined:
      return undefined
    case 'kept':
      return 'kept from the last start'
    case 'sample':
      return `the sample of ${SAMPLE_DAYS.last}, with ${filling.commits} commits since ${SAMPLE_DAYS.first}`
    case 'pulled':
      return filling.failed.length === 0 ? 'pulled from every source' : `pulled in part (${filling.failed.join('; ')})`
    case 'not-pulled':
      return `none yet. ${filling.reason}`
  }
}

function describeCounts(counts: RegistryStatus['counts']): string | undefined {
  return counts && `${counts.models} models of ${counts.providers} providers`
}
