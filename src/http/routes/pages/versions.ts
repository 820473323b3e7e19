/** `/versions`: the commits, a page at a time. */
import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import type { VersionInfo } from '../../../core/schema/history.ts'
import { versionsContent } from '../../../views/pages/versions/versions-page.tsx'
import { readCommits } from '../../pages/commits.ts'
import { definePage } from '../../pages/page.ts'
import { numberParam, VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'

const PAGE_LENGTH = 100

export const versionsPage = definePage({
  query: z.object({ ...VERSION_QUERY.shape, before: numberParam(z.int().positive()).optional() }),
  answer: (request, query) =>
    answerPage(request, query, {
      path: '/versions',
      query: [['before', query.before?.toString()]],
      async content({ seq }) {
        const commits = await readCommits(request.exchange, Math.min(seq, (query.before ?? seq + 1) - 1), PAGE_LENGTH)
        return ok(versionsContent({ commits, ...nextOf(commits) }))
      },
    }),
})

/** Commits are numbered without gaps, from 1. */
function nextOf(commits: readonly VersionInfo[]): { next?: number } {
  const last = commits.at(-1)?.seq ?? 1
  return last > 1 ? { next: last } : {}
}
