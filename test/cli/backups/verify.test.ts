import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleCommits } from '../../../src/cli/commands/verify/sample-commits.ts'
import { verify as verifyCommand } from '../../../src/cli/commands/verify.ts'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { partsOf, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { chainOf, partText, rootText, versionOf } from '../../../src/core/manifest/version.ts'
import { checkCommits } from '../../../src/core/records/check-commits.ts'
import type { Manifest, VersionInfo } from '../../../src/core/schema/history.ts'
import { type LocalServer, sendJson, startLocalServer } from '../../support/cli/local-server.ts'
import { type RunResult, run } from '../../support/cli/run.ts'
import { model, provider } from '../../support/rows.ts'

const READER = 'a-token-of-a-reader'

/** A history with one commit per number. Equal numbers have equal content. */
function history(...contents: number[]): { commits: VersionInfo[]; manifests: Map<string, Manifest> } {
  const commits: VersionInfo[] = []
  const manifests = new Map<string, Manifest>()
  for (const [index, content] of contents.entries()) {
    const catalogue = { models: [model({ iq: content % 6, name: `Model ${content}` })], providers: [provider()] }
    const root = rootOf(partsOf(catalogue), sha256)
    const { version, etag } = versionOf(root)
    const seq = index + 1
    const committedAt = new Date(Date.UTC(2026, 0, seq)).toISOString()
    const generatedAt = manifests.get(version)?.generatedAt ?? committedAt
    const previous = commits.at(-1)
    manifests.set(version, { version, etag, generatedAt, attribution: [], ...catalogue })
    commits.push({
      ...{ seq, version, etag, root, generatedAt, committedAt, cause: 'import', attribution: [] },
      ...(previous && { previous: previous.version }),
      ...{ counts: { providers: 1, models: 1 }, changes: { added: 0, removed: 0, changed: 1 } },
      chain: chainOf(previous?.chain ?? '', { root, seq, committedAt }, sha256),
    })
  }
  return { commits, manifests }
}

/** The text that hashes to the root. */
function partsText(manifest: Manifest): string {
  return rootText(Object.fromEntries(partsOf(manifest).map((part) => [part.value, sha256(partText(part))])))
}

/** The commits with one of them changed. */
function tamper(commits: VersionInfo[], seq: number, facts: Partial<VersionInfo>): VersionInfo[] {
  return commits.map((commit) => (commit.seq === seq ? { ...commit, ...facts } : commit))
}

describe('checkCommits()', () => {
  const { commits } = history(1, 2, 3, 2, 5)

  it('accepts a history in which content returned', () => {
    expect(checkCommits(commits, sha256)).toEqual([])
  })

  it.each([
    ['another time', { committedAt: '2026-01-03T01:00:00.000Z' }, ['its chain is']],
    ['another version before it', { previous: 'v1.000000000000' }, ['its previous version is']],
    [
      'another version',
      { version: 'v1.000000000000' },
      ['its version does not match its root', 'its previous version is'],
    ],
  ])('finds the only commit that was given %s', (_, facts, complaints) => {
    const faults = checkCommits(tamper(commits, 3, facts), sha256)
    expect(faults.length).toBe(complaints.length)
    expect(faults[0]).toMatch(/^commit 3 /)
    for (const [index, complaint] of complaints.entries()) expect(faults[index]).toContain(complaint)
  })

  it('finds a commit whose chain was recomputed, by the commit after it', () => {
    const commit = { root: commits[2]?.root ?? '', seq: 3, committedAt: '2026-01-03T01:00:00.000Z' }
    const forged = { committedAt: commit.committedAt, chain: chainOf(commits[1]?.chain ?? '', commit, sha256) }
    expect(checkCommits(tamper(commits, 3, forged), sha256)).toEqual([
      expect.stringMatching(/^commit 4 .*its chain is/),
    ])
  })

  it('finds a missing commit, and content whose time was changed', () => {
    expect(
      checkCommits(
        commits.filter(({ seq }) => seq !== 2),
        sha256,
      ).join('\n'),
    ).toContain('its seq is 3, but 1 commits come before it')
    const dated = tamper(commits, 4, { generatedAt: '2026-01-04T00:00:00.000Z' })
    expect(checkCommits(dated, sha256)).toEqual([expect.stringContaining('in commit 2, the first of its content')])
  })
})

describe('sampleCommits()', () => {
  const { commits } = history(1, 2, 3, 4, 5, 6, 2)

  it('chooses distinct content, always with the oldest and the current', () => {
    const seqs = (count: number, chance = 0.5) => sampleCommits(commits, count, () => chance).map(({ seq }) => seq)
    expect(seqs(Number.POSITIVE_INFINITY)).toEqual([1, 2, 3, 4, 5, 6])
    expect(seqs(1)).toEqual([2])
    expect(seqs(2)).toEqual([1, 2])
    expect(seqs(3, 0)).toEqual([1, 2, 3])
    expect(seqs(4, 0.99)).toEqual([1, 2, 5, 6])
    expect(seqs(0)).toEqual([])
  })
})

describe('verify', () => {
  const good = history(...Array.from({ length: 7 }, (_, number) => number), 3)
  let { commits, manifests } = good
  let server: LocalServer
  let tokens: Set<string | undefined>
  beforeEach(async () => {
    commits = good.commits
    manifests = new Map(good.manifests)
    tokens = new Set()
    server = await startLocalServer(({ url = '', headers }, response) => {
      tokens.add(headers.authorization)
      const { pathname, searchParams } = new URL(url, 'http://registry.test')
      if (pathname === '/v1/versions') {
        const before = Number(searchParams.get('before') ?? Number.POSITIVE_INFINITY)
        const page = commits
          .toReversed()
          .filter(({ seq }) => seq < before)
          .slice(0, 3)
        const last = page.at(-1)?.seq ?? 1
        sendJson(response, 200, page, last > 1 ? { link: `</v1/versions?limit=3&before=${last}>; rel="next"` } : {})
        return
      }
      const named = commits.find(({ etag }) => etag === `"${searchParams.get('version')}"`)
      const manifest = named && manifests.get(named.version)
      if (manifest && pathname === '/v1/parts') response.end(partsText(manifest))
      else if (manifest) sendJson(response, 200, manifest)
      else sendJson(response, 404, { detail: 'no such version' })
    })
  })
  afterEach(() => server.close())

  const verify = (...options: string[]): Promise<RunResult> =>
    run(verifyCommand, ['--url', server.url, ...options], { READ_TOKEN: READER })

  it('reads every page, checks all versions and reports it', async () => {
    const { code, output } = await verify('--all')
    expect(output).toContain('the chain of 8 commits from 2026-01-01T00:00:00.000Z to 2026-01-08T00:00:00.000Z')
    expect(output).toContain('the content of 7 of 7 versions')
    expect(code).toBe(0)
    expect(tokens).toEqual(new Set([`Bearer ${READER}`]))
  })

  it('checks a sample', async () => {
    expect((await verify('--sample', '3')).output).toContain('the content of 3 of 7 versions')
  })

  it('finds a commit that was tampered with', async () => {
    commits = tamper(commits, 5, { committedAt: '2026-01-05T12:00:00.000Z' })
    const { code, output } = await verify()
    expect(output.match(/^ +commit .*/gm)).toEqual([expect.stringContaining('commit 5')])
    expect(code).toBe(1)
  })

  it('finds a fact that was changed, and a fact that is not in the schema', async () => {
    const named = commits.find(({ seq }) => seq === 4)
    const manifest = named && manifests.get(named.version)
    if (!manifest) throw new Error('There is no manifest to change')
    for (const facts of [{ iq: 5 }, { vendor: 'hidden' }]) {
      const changed = { ...manifest, models: manifest.models.map((model) => ({ ...model, ...facts })) }
      manifests.set(manifest.version, changed)
      const { code, output } = await verify('--all')
      expect(output).toMatch(new RegExp(`commit 4 .*the root of its parts is .*, but the commit states ${named.root}`))
      expect(code).toBe(1)
    }
  })

  it('counts a missing manifest as a fault', async () => {
    manifests.delete(commits[1]?.version ?? '')
    const { code, output } = await verify('--all')
    expect(output).toContain('no manifest: no such version')
    expect(code).toBe(1)
  })

  it('accepts an empty registry', async () => {
    commits = []
    expect(await verify()).toMatchObject({ code: 0, output: expect.stringContaining('nothing to verify') })
  })

  it.each([
    ['an argument', ['now'], 'too many arguments'],
    ['a sample that is not a number', ['--sample', 'some'], 'not a whole number'],
  ])('refuses %s', async (_, args, complaint) => {
    await expect(verify(...args)).rejects.toThrow(complaint)
  })
})
