import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCommits } from '../../src/cli/commands/verify/read-commits.ts'
import { RegistryClient } from '../../src/cli/shared/registry-client.ts'
import type { VersionInfo } from '../../src/core/schema/history.ts'
import { type LocalServer, sendJson, startLocalServer } from '../support/cli/local-server.ts'
import { catalogue, numbered, published } from '../support/client/published-versions.ts'

const commitsOf = (...seqs: number[]): VersionInfo[] =>
  seqs.map((seq) => published(catalogue([numbered(seq)]), seq).info)

describe('readCommits()', () => {
  let server: LocalServer
  /** The response to each request. The last one is repeated. */
  let pages: unknown[]
  let asked: (string | undefined)[]
  beforeEach(async () => {
    asked = []
    server = await startLocalServer(({ url }, response) => {
      asked.push(url)
      sendJson(response, 200, pages.length > 1 ? pages.shift() : pages[0])
    })
  })
  afterEach(() => server.close())

  const read = () => readCommits(new RegistryClient({ url: server.url }))

  it('reads page by page to the first commit, and returns the oldest first', async () => {
    pages = [commitsOf(3, 2), commitsOf(1)]
    expect((await read()).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(asked).toEqual(['/v1/versions?limit=500', '/v1/versions?limit=500&before=2'])
  })

  it('stops at an empty page if the first commit is missing', async () => {
    pages = [commitsOf(3, 2), []]
    expect((await read()).map(({ seq }) => seq)).toEqual([2, 3])
  })

  it('stops when a registry repeats its newest page', async () => {
    pages = [commitsOf(3, 2)]
    await expect(read()).rejects.toThrow('Cannot read the history: the commits before 2 include later ones')
  })

  it('refuses commits of another shape', async () => {
    pages = [[{ ...commitsOf(1)[0], seq: 'one' }]]
    await expect(read()).rejects.toThrow(/^Cannot read the history: 0\.seq: /)
  })
})
