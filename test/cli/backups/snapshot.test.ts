/** `snapshot`: its texts, its folder, and complete snapshots of a local registry. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeSnapshot } from '../../../src/cli/commands/snapshot/changes-entry.ts'
import { addEntry } from '../../../src/cli/commands/snapshot/changes-file.ts'
import { snapshot as snapshotCommand } from '../../../src/cli/commands/snapshot.ts'
import { diffCatalogues } from '../../../src/core/diff/diff.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { type LocalServer, sendJson, startLocalServer } from '../../support/cli/local-server.ts'
import { run } from '../../support/cli/run.ts'
import { catalogue, diffOf, type Published, published } from '../../support/client/published-versions.ts'
import { type RealRegistry, startRegistry } from '../../support/client/real-registry.ts'
import { independentEtag } from '../../support/core/naive/independent-root.ts'
import { aaRow, model } from '../../support/rows.ts'

const FILES = ['CHANGES.md', 'README.md', 'models.json', 'providers.json', 'version.json']
const READER = 'a-token-of-a-reader'

let parent: string
let folder: string
let today: number
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'llm-snapshot-'))
  folder = join(parent, 'public')
  today = Date.UTC(2026, 10, 1, 3)
})
afterEach(() => rmSync(parent, { recursive: true }))

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)

/** Takes a snapshot a day after the previous one. Returns the output. */
async function snapshot(url: string, tokens: { READ_TOKEN?: string } = {}): Promise<string> {
  const args = ['--url', url, '--out', folder]
  const { code, output } = await run(snapshotCommand, args, tokens, { now: () => today })
  today += 86_400_000
  expect(code).toBe(0)
  return output
}

/** The newest entry of CHANGES.md. */
const newest = (): string => read('CHANGES.md').split(/^(?=## )/m)[1] ?? ''

describe('describeSnapshot()', () => {
  const describeChange = (before: Catalogue, after: Catalogue): string => {
    const [from, to] = [published(before, 1), published(after, 2)]
    return describeSnapshot('2026-11-01', to.manifest, from.info, diffCatalogues(before, after))
  }

  it('names what was added, removed, repriced and rescored, and counts the rest', () => {
    const before = catalogue([
      model({ value: 'gone', name: 'Gone' }),
      model({ value: 'same' }),
      model({ value: 'cheaper', pricing: { input: 3, output: 4 } }),
      model({ value: 'smarter', iq: 2, metrics: { intelligenceIndex: 44.5 } }),
      model({ value: 'renamed', name: 'Old name' }),
    ])
    const after = catalogue([
      model({ value: 'cheaper', pricing: { input: 1.5, output: 4, cacheRead: 0.1 } }),
      model({ value: 'new', name: 'New', iq: 4, pricing: { input: 1, output: 2 } }),
      model({ value: 'renamed', name: 'New name' }),
      model({ value: 'same' }),
      model({ value: 'smarter', iq: 3, metrics: { intelligenceIndex: 45.5 } }),
    ])
    const entry = describeChange(before, after)
    expect(entry).toContain(`## 2026-11-01 · ${published(after).info.version}\n`)
    expect(entry).toContain('1 model added, 1 removed, 1 repriced, 1 rescored, 1 changed in other facts only')
    expect(entry).toContain('### Added\n\n- **acme/new**, New, input 1, output 2, iq 4\n')
    expect(entry).toContain('### Removed\n\n- **acme/gone**, Gone\n')
    expect(entry).toContain('### Repriced\n\n- **acme/cheaper**: cacheRead unknown → 0.1, input 3 → 1.5\n')
    expect(entry).toContain('### Rescored\n\n- **acme/smarter**: iq 2 → 3, index 44.5 → 45.5\n')
    expect(entry).not.toMatch(/same|scale/)
  })

  it('notes a re-scale instead of listing every score', () => {
    const scored = (intelligenceIndex: number, intelligenceIndexVersion: number, speed: number) =>
      model({ iq: Math.floor(intelligenceIndex / 10), speed, metrics: { intelligenceIndex, intelligenceIndexVersion } })
    const entry = describeChange(catalogue([scored(45, 4.1, 2)]), catalogue([scored(31, 4.3, 3)]))
    expect(entry).toContain('**The scale of `iq` changed** from artificial-analysis@4.1 to artificial-analysis@4.3')
    expect(entry).toContain('### Rescored\n\n- **acme/acme-one**: speed 2 → 3\n')
  })

  it('shows names unchanged, even if they contain markup', () => {
    const entry = describeChange(
      catalogue(),
      catalogue([model(), model({ value: 'x', name: '# <b>*a*\n## b | [c](d)' })]),
    )
    expect(entry).toContain('\\# \\<b\\>\\*a\\* \\#\\# b \\| \\[c\\](d)')
    expect(entry.match(/^#/gm)).toHaveLength(2)
  })
})

describe('addEntry()', () => {
  const entry = (day: number, version = day) => `## 2026-01-${day} · v1.00000000000${version}\n\nText ${day}\n`

  it('adds the newest first and keeps the existing entries', () => {
    const text = addEntry(addEntry(addEntry(undefined, entry(1)), entry(2)), entry(3))
    expect(text).toMatch(/^# Changes\n/)
    expect([...text.matchAll(/^Text (\d)$/gm)].map(([, day]) => day)).toEqual(['3', '2', '1'])
  })

  it('lists a version once after an interrupted snapshot, and again when the version returns', () => {
    const cutOff = addEntry(addEntry(undefined, entry(1)), entry(2))
    expect(addEntry(cutOff, entry(3, 2)).match(/^Text/gm)).toEqual(['Text', 'Text'])
    expect(addEntry(cutOff, entry(3, 1)).match(/^Text/gm)).toEqual(['Text', 'Text', 'Text'])
  })

  it('drops the oldest before the page becomes too long to display', () => {
    let text = addEntry(undefined, entry(1))
    for (let day = 0; day < 400; day++) text = addEntry(text, `## d${day} · v${day}\n\n${'a long line '.repeat(100)}\n`)
    expect(text.length).toBeLessThan(410_000)
    expect(text.match(/^## (.*) ·/m)?.[1]).toBe('d399')
  })
})

describe('snapshot of a made-up registry', () => {
  const first = published(catalogue([model({ name: 'First' })]), 1)
  const second = published(catalogue([model({ name: 'First', pricing: { input: 7 } })]), 2)
  let current: Published
  let known: Published[]
  let authorization: Set<string | undefined>
  let server: LocalServer
  beforeEach(async () => {
    current = first
    known = [first, second]
    authorization = new Set()
    server = await startLocalServer((request, response) => {
      authorization.add(request.headers.authorization)
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://registry.test')
      const named = (name: string) => known.find(({ info }) => info.etag === `"${searchParams.get(name)}"`)
      if (pathname === '/v1/versions') return sendJson(response, 200, [current.info])
      if (pathname === '/v1/manifest') return sendJson(response, 200, current.manifest)
      const [from, to] = [named('from'), named('to')]
      if (from && to) return sendJson(response, 200, diffOf(from, to))
      sendJson(response, 404, { code: 'not-found', detail: 'no such version' })
    })
  })
  afterEach(() => server.close())

  it('presents the token of a private registry', async () => {
    await snapshot(server.url, { READ_TOKEN: `reader:${READER}` })
    expect(authorization).toEqual(new Set([`Bearer ${READER}`]))
  })

  it('compares the files if the registry does not have the version of the last snapshot', async () => {
    await snapshot(server.url)
    current = second
    known = [second]
    await snapshot(server.url)
    expect(newest()).toContain('**acme/acme-one**: input unknown → 7')
    expect(newest()).toContain(`From ${first.info.version}:`)
  })

  it('trusts the files if applying the diff to them does not give the manifest', async () => {
    await snapshot(server.url)
    current = published(catalogue([model({ name: 'Other' })]), 2)
    known = [first, { ...current, manifest: first.manifest }]
    await snapshot(server.url)
    expect(newest()).toContain('1 changed in other facts only')
  })

  it('trusts the registry if the files are broken, and reports it if no version is known', async () => {
    await snapshot(server.url)
    write('models.json', '<<<<<<< ours')
    current = second
    await snapshot(server.url)
    expect(newest()).toContain('1 repriced')
    write('models.json', '<<<<<<< ours')
    current = first
    known = []
    await snapshot(server.url)
    expect(newest()).toContain('whose facts are not available')
    expect(JSON.parse(read('models.json'))).toEqual(first.manifest.models)
  })

  it('repairs a snapshot that was interrupted before the version was written', async () => {
    await snapshot(server.url)
    const version = read('version.json')
    current = second
    await snapshot(server.url)
    const whole = FILES.map(read)
    write('version.json', version)
    today -= 86_400_000
    await snapshot(server.url)
    expect(FILES.map(read)).toEqual(whole)
  })

  it('writes nothing if the manifest does not match its digest', async () => {
    current = { ...first, manifest: { ...first.manifest, models: [model({ iq: 5 })] } }
    await expect(snapshot(server.url)).rejects.toThrow('does not match its digest')
    expect(readdirSync(parent)).toEqual([])
  })

  it('writes nothing into a folder that contains other files', async () => {
    folder = parent
    write('README.md', 'my own')
    await expect(snapshot(server.url)).rejects.toThrow('it contains README.md but no version.json')
    expect(readdirSync(folder)).toEqual(['README.md'])
  })

  it('does not start over if it cannot read a version', async () => {
    await snapshot(server.url)
    write('version.json', '<<<<<<< ours')
    await expect(snapshot(server.url)).rejects.toThrow('contains no version')
  })
})

describe('snapshot of a real registry', () => {
  let real: RealRegistry
  beforeAll(async () => {
    real = await startRegistry()
  }, 60_000)
  afterAll(() => real?.close())

  const rows = ['acme-one', 'acme-two', 'org/gamma', 'old-one'].map((slug) => aaRow({ slug }))

  it('follows it from one version to the next, and writes nothing in between', async () => {
    await expect(snapshot(real.url)).rejects.toThrow(/empty|no version|pull/i)

    const { version } = await real.pull(rows, 1, { indexVersion: 4.1 })
    expect(await snapshot(real.url)).toContain(`${version}, 4 models`)
    expect(readdirSync(folder).sort()).toEqual(FILES)
    expect(newest()).toBe(`## 2026-11-01 · ${version}\n\nThe first snapshot: 4 models of 1 provider.\n`)

    const models = JSON.parse(read('models.json'))
    const { version: written, etag } = JSON.parse(read('version.json'))
    expect(etag).toBe(independentEtag({ models, providers: JSON.parse(read('providers.json')) }))
    expect(written).toBe(version)
    expect(read('models.json').split('\n')).toHaveLength(models.length + 3)
    expect(read('README.md')).toContain('Artificial Analysis: <https://artificialanalysis.ai/>')

    const times = () => FILES.map((name) => statSync(join(folder, name)).mtimeMs)
    const before = times()
    expect(await snapshot(real.url)).toBe(`Nothing has changed: ${folder} contains ${version}\n`)
    expect(times()).toEqual(before)

    const rescaled = aaRow({ slug: 'acme-one', evaluations: { artificial_analysis_intelligence_index: 56 } })
    await real.pull([rescaled, ...rows.slice(1, 3), aaRow({ slug: 'new-one' })], 2, { indexVersion: 4.3 })
    await snapshot(real.url)
    expect(newest()).toContain('**The scale of `iq` changed** from artificial-analysis@4.1 to artificial-analysis@4.3')
    expect(newest()).toContain('**acme/new-one**')
    expect(newest()).toContain('**acme/old-one**')

    const corrected = await real.override('models/acme/acme-two', { set: { pricing: { input: 2.5 } }, note: 'a test' })
    expect(corrected.outcome).toBe('committed')
    const lines = read('models.json').split('\n')
    expect(await snapshot(real.url)).toContain('models.json')
    expect(newest()).toContain('0 models added, 0 removed, 1 repriced, 0 rescored')
    expect(newest()).toContain('### Repriced\n\n- **acme/acme-two**: blended 2 → 3.125, input 1 → 2.5\n')
    expect(
      read('models.json')
        .split('\n')
        .filter((line) => !lines.includes(line)),
    ).toHaveLength(1)
    expect(read('CHANGES.md').match(/^## /gm)).toHaveLength(3)
  })
})
