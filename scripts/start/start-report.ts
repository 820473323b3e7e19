/** What `npm start` says once the registry runs: what was done, where to look, what to try. */

import { paint } from '../../src/cli/shared/terminal.ts'
import type { RegistryStatus } from '../../src/core/schema/operations.ts'
import type { Filling } from './fill-registry.ts'
import type { Mode } from './start-plan.ts'

export interface Started {
  mode: Mode
  url: string
  /** What was put into it; nothing with `--empty`. */
  filling: Filling | undefined
  counts: RegistryStatus['counts']
  adminToken: string
  /** Whether the token was generated and not given. */
  generated: boolean
  storage: string
  tourLines: string[]
}

const SAMPLE_NOTICE = `The scores and speeds of this sample are made up; names, dates, prices and context windows are from models.dev.
With a key for Artificial Analysis the registry has real data: AA_API_KEY=<your key> npm start`

const MODELS_DEV_NOTICE = `models.dev has no scores and no speeds; its data is under the MIT License, so a registry of it alone may be public.
Without MODELS_DEV_URL=https://models.dev/api.json this is a snapshot of 2026-07-02.`

const PULL_NOTICE =
  'POST /v1/admin/refresh with the admin token pulls again; GET /v1/status says when the registry does so by itself.'

export function describeStart(started: Started): string {
  const { mode, url, filling, counts, adminToken, generated, storage, tourLines } = started
  const rows = [
    ['docs', `${url}/docs`],
    ['data', [describeFilling(mode, filling), describeCounts(counts)].filter(Boolean).join(': ') || 'none'],
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
    'Ctrl-C stops it.',
  ].join('\n')
}

function noticeOf({ mode, url, filling }: Started): string | undefined {
  if (mode === 'sample') return SAMPLE_NOTICE
  if (mode === 'models.dev') return MODELS_DEV_NOTICE
  if (mode === 'empty') return `Recorded pulls get in by ADMIN_TOKEN=<admin token> npm run replay -- DIR --url ${url}`
  return filling?.kind === 'not-pulled' ? PULL_NOTICE : undefined
}

function describeFilling(mode: Mode, filling: Filling | undefined): string | undefined {
  switch (filling?.kind) {
    case undefined:
      return undefined
    case 'kept':
      return 'kept from the last start'
    case 'sample':
      return describeSample(filling)
    case 'pulled':
      return describePulled(mode, filling.failed)
    case 'not-pulled':
      return `none yet. ${filling.reason}`
  }
}

function describePulled(mode: Mode, failed: string[]): string {
  const names = mode === 'models.dev' ? 'models.dev' : 'every source'
  return failed.length === 0 ? `pulled from ${names}` : `pulled in part (${failed.join('; ')})`
}

function describeSample({ pulls, versions, overrides }: Filling & { kind: 'sample' }): string {
  const history = `${pulls} pulls of the sample loaded as history, ${versions} versions made`
  return overrides > 0 ? `${history}, then ${overrides} overrides from overrides/` : history
}

function describeCounts(counts: RegistryStatus['counts']): string | undefined {
  return counts && `${counts.models} models of ${counts.providers} providers`
}
