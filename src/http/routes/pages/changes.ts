/** `/changes`: by day, or between two versions or moments. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../../core/failure.ts'
import type { Diff, Pointer, VersionInfo } from '../../../core/schema/history.ts'
import type { ModelKey } from '../../../core/schema/model.ts'
import { parseVersionOrAt } from '../../../core/selector.ts'
import { resolve, resolveCommit } from '../../../edge/resolve.ts'
import type { LoadedVersion } from '../../../edge/versions/loaded-version.ts'
import { loadVersion } from '../../../edge/versions/read-version.ts'
import { changesContent, versionsDiffContent } from '../../../views/pages/changes/changes-page.tsx'
import type { Changes, HostChanges } from '../../../views/pages/changes/changes-section.tsx'
import { formatDate, formatTime } from '../../../views/pages/format/dates.ts'
import { isPrice } from '../../../views/pages/format/facts.ts'
import type { Exchange } from '../../exchange.ts'
import { readCommits, readDiff } from '../../pages/commits.ts'
import { definePage, type PageRequest } from '../../pages/page.ts'
import { numberParam, VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'

/** Each requires two reads of the Durable Object. */
const DAYS_PER_PAGE = 7
/** Some days have many commits: overrides, imports. */
const COMMITS_PER_PAGE = 200

const QUERY = z.object({
  ...VERSION_QUERY.shape,
  before: numberParam(z.int().positive()).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  provider: z.string().optional(),
})

export const changesPage = definePage({
  query: QUERY,
  answer: (request, query) => (query.from === undefined ? answerDays(request, query) : answerDiff(request, query)),
})

function answerDays(request: PageRequest, { before, ...query }: z.infer<typeof QUERY>) {
  return answerPage(request, query, {
    path: '/changes',
    query: [['before', before?.toString()]],
    async content(pointer) {
      const { seq } = pointer
      const loaded = await loadVersion(request.exchange.tiers, pointer)
      const commits = await readCommits(request.exchange, Math.min(seq, (before ?? seq + 1) - 1), COMMITS_PER_PAGE)
      const { days, next } = daysOf(commits)
      const changes = days.map(({ from, to }) =>
        readChanges(request.exchange, loaded, formatDate(to.committedAt), from, to),
      )
      return ok(changesContent({ days: await Promise.all(changes), ...(next !== undefined && { next }) }))
    },
  })
}

interface Day {
  /** The last commit before the day. */
  from?: VersionInfo
  /** The last commit of the day. */
  to: VersionInfo
}

/** The days of commits, newest first, each with the commit before it, and where the next page begins. */
function daysOf(commits: readonly VersionInfo[]): { days: Day[]; next?: number } {
  const lastOfDays = [...Map.groupBy(commits, ({ committedAt }) => committedAt.slice(0, 10)).values()].flatMap(
    ([last]) => last ?? [],
  )
  // The oldest day in the list may have earlier commits, unless the list goes back to the first commit.
  const shown = commits.at(-1)?.seq === 1 ? lastOfDays.length : lastOfDays.length - 1
  const days = lastOfDays.slice(0, Math.min(shown, DAYS_PER_PAGE)).map((to, index) => dayOf(to, lastOfDays[index + 1]))
  const oldest = days.at(-1)?.from?.seq
  return oldest === undefined ? { days } : { days, next: oldest + 1 }
}

function dayOf(to: VersionInfo, from: VersionInfo | undefined): Day {
  return from ? { from, to } : { to }
}

async function answerDiff(request: PageRequest, query: z.infer<typeof QUERY>) {
  const { exchange } = request
  const from = await resolveEnd(exchange, 'from', query.from)
  if (!from.ok) return from
  const to = await resolveEnd(exchange, 'to', query.to)
  if (!to.ok) return to
  return answerPage(
    request,
    {},
    {
      path: '/changes',
      query: [
        ['from', query.from],
        ['to', query.to],
        ['provider', query.provider],
      ],
      async content(pointer) {
        const loaded = await loadVersion(exchange.tiers, pointer)
        const [older] = await readCommits(exchange, from.value.seq, 1)
        const [newer] = await readCommits(exchange, to.value.seq, 1)
        if (!newer) return fail({ code: 'not-found', detail: 'Cannot compare: no such commit' })
        const title = titleOf(older, newer)
        return ok(versionsDiffContent(await readChanges(exchange, loaded, title, older, newer, query.provider)))
      },
    },
  )
}

async function resolveEnd({ tiers }: Exchange, field: string, text: string | undefined): Promise<Result<Pointer>> {
  const selector = text === undefined ? undefined : parseVersionOrAt(field, text)
  if (selector && !selector.ok) return selector
  const resolved = selector ? await resolveCommit(tiers, selector.value) : await resolve(tiers, undefined)
  return resolved.ok ? ok(resolved.value.pointer) : resolved
}

function titleOf(from: VersionInfo | undefined, to: VersionInfo): string {
  return from ? `From ${formatTime(from.committedAt)} to ${formatTime(to.committedAt)}` : formatTime(to.committedAt)
}

/** With a provider, all of its models are shown, not only first-party ones. */
async function readChanges(
  exchange: Exchange,
  loaded: LoadedVersion,
  title: string,
  from: VersionInfo | undefined,
  to: VersionInfo,
  provider?: string,
): Promise<Changes> {
  const nameOf = namesIn(loaded)
  if (!from) return { title, to, hosts: [], nameOf }
  const shown = await readDiff(exchange, from.seq, to.seq, {
    rescale: 'omit',
    ...(provider === undefined ? { firstParty: true } : { provider: [provider] }),
  })
  const hosts =
    provider === undefined
      ? await readDiff(exchange, from.seq, to.seq, { firstParty: false, rescale: 'omit' })
      : undefined
  return { title, from, to, ...(shown && { firstParty: shown }), hosts: hosts ? countByHost(hosts) : [], nameOf }
}

function countByHost({ models: { added, removed, changed } }: Diff): HostChanges[] {
  const counts = new Map<string, HostChanges>()
  const countOf = (provider: string): HostChanges => {
    const known = counts.get(provider) ?? { provider, added: 0, removed: 0, changed: 0, prices: 0 }
    counts.set(provider, known)
    return known
  }
  for (const { provider } of added) countOf(provider).added += 1
  for (const { provider } of removed) countOf(provider).removed += 1
  for (const { provider, changes } of changed) {
    countOf(provider).changed += 1
    if (changes.some(({ path }) => isPrice(path))) countOf(provider).prices += 1
  }
  return [...counts.values()].sort((a, b) => (a.provider < b.provider ? -1 : 1))
}

/** Names of models, a provider at a time. */
function namesIn(loaded: LoadedVersion): (key: ModelKey) => string | undefined {
  const known = new Map<string, Map<string, string>>()
  return ({ provider, value }) => {
    const names = known.get(provider) ?? new Map(loaded.modelsOf(provider).map((model) => [model.value, model.name]))
    known.set(provider, names)
    return names.get(value)
  }
}
