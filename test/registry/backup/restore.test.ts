import { reset } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  backupOf,
  isRestoring,
  linesOf,
  partsOf,
  relinked,
  restoreParts,
  rewritten,
  textOf,
} from '../../support/registry/backup-lines.ts'
import { type OpenedRegistry, unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import { bodiesOf, fillMemory, recordsOf, tablesOf } from '../../support/registry/stored/whole-memory.ts'

afterEach(reset)

let backup = ''
let lines: string[] = []
let remembered = {}

beforeAll(async () => {
  await withRegistry(async (opened) => {
    await fillMemory(opened)
    backup = await backupOf(opened.registry)
    remembered = { records: recordsOf(opened), bodies: bodiesOf(opened) }
  })
  lines = linesOf(backup)
  await reset()
})

const INVALID = { ok: false, failure: { code: 'invalid-request', errors: [{ field: 'body' }] } }
const CONFLICT = { ok: false, failure: { code: 'conflict' } }

/** The registry is still empty and usable, and ready for a restore. */
function expectUntouched(opened: OpenedRegistry): void {
  expect(isRestoring(opened.registry)).toBe(false)
  expect(Object.values(tablesOf(opened)).flat()).toEqual([])
  restoreParts(opened.registry, [backup])
  expect({ records: recordsOf(opened), bodies: bodiesOf(opened) }).toEqual(remembered)
}

const refuses = (...texts: (() => string)[]) =>
  withRegistry(async (opened) => {
    for (const text of texts) expect(opened.registry.restore(1, text())).toMatchObject(INVALID)
    expectUntouched(opened)
  })

/** The lines, with one of them changed. */
const withLine = (index: number, change: (line: string) => string) =>
  lines.map((line, at) => (at === index ? change(line) : line))
const flip = (line: string) => line.replace(/[a-z]/, (letter) => (letter === 'a' ? 'b' : 'a'))
/** The index of the first line that begins with this text. */
const placeOf = (start: string) => lines.findIndex((line) => line.startsWith(start))

describe('an invalid backup', () => {
  it.each(['', '\n', 'no\n', '{}\n', '[]\n', 'null\n', '1\n', '{"table":"versions"}\n', '\ufeff{}\n'])(
    'is refused: %j',
    (text) => refuses(() => text),
  )

  it('is a backup of another format', () =>
    refuses(() => rewritten(backup, (rows, header) => [{ ...header, format: 'other-backup' }, ...rows])))

  it('is a backup of a newer version of the format', () =>
    refuses(() => rewritten(backup, (rows, header) => [{ ...header, formatVersion: 99 }, ...rows])))

  it('is one without a header, with two headers, or with the header in the middle', () =>
    refuses(
      () => rewritten(backup, (rows) => rows),
      () => rewritten(backup, (rows, header) => [header, header, ...rows]),
      () => rewritten(backup, ([first = {}, ...rows], header) => [first, header, ...rows]),
    ))

  it('is one with rows after the closing line, or closed twice', () =>
    refuses(
      () => `${backup}${lines[1]}\n`,
      () => `${backup}${lines.at(-1)}\n`,
    ))

  it('is one whose tables are in another order', () =>
    refuses(() => rewritten(backup, (rows, header) => [header, ...rows.toReversed()])))
})

describe('rows of another shape', () => {
  const row = (change: (row: Record<string, unknown>) => object) => () =>
    rewritten(backup, (rows, header) => [
      header,
      ...rows.map((line) => (line.table === 'versions' ? { ...line, row: change(line.row) } : line)),
    ])

  it.each<[string, (row: Record<string, unknown>) => object]>([
    ['an extra column', (known) => ({ ...known, extra: 1 })],
    ['a missing column', ({ chain: _, ...known }) => known],
    ['another column', ({ chain: _, ...known }) => ({ ...known, link: 'x' })],
    ['a value that is an object', (known) => ({ ...known, chain: {} })],
    ['a value that is true', (known) => ({ ...known, seq: true })],
    ['a list', () => []],
    [
      'a column named in SQL',
      ({ chain: _, ...known }) => ({ ...known, 'chain) select 1; drop table versions; --': 'x' }),
    ],
    ['null in a required column', (known) => ({ ...known, etag: null })],
  ])('are refused: %s', (_what, change) => refuses(row(change)))

  it.each([
    'jobs',
    'sqlite_master',
    '__drizzle_migrations',
    'versions; drop table versions; --',
    'versions (seq) values (1); --',
    'VERSIONS',
    '__proto__',
    'constructor',
    '',
  ])('are refused for the table %j', (table) => refuses(() => relinked([lines[0] ?? '', { table, row: { seq: 1 } }])))

  it('do not run a value that looks like SQL', () =>
    withRegistry(async (opened) => {
      const text = `'); drop table versions; --`
      const changed = rewritten(backup, (rows, header) => [
        header,
        ...rows.map((line) =>
          line.table === 'pulls' ? { ...line, row: { ...line.row, detail: text, tier: `${text}"` } } : line,
        ),
      ])
      restoreParts(opened.registry, [changed])
      expect(unwrap(opened.registry.pull(1))).toMatchObject({ detail: text, tier: `${text}"` })
      expect(opened.commits()).toHaveLength(5)
    }))
})

describe('a backup that was altered', () => {
  it('is refused if it is truncated inside a line', () =>
    refuses(
      () => backup.slice(0, -1),
      () => backup.slice(0, -10),
      () => backup.slice(0, backup.length / 2),
    ))

  it.each(['{"table":"state"', '{"table":"versions"', '{"table":"revisions"', '{"table":"payloads"'])(
    'is refused if one byte of a line is changed: %s',
    (start) => refuses(() => textOf(withLine(placeOf(start), (line) => line.slice(0, -20) + flip(line.slice(-20))))),
  )

  it('is refused if the header is changed', () =>
    refuses(() => textOf(withLine(0, (line) => line.replace('"payloads":false', '"payloads":true')))))

  it('is refused if a line is missing, repeated or moved', () => {
    const at = placeOf('{"table":"revisions"') + 1
    return refuses(
      () => textOf(lines.toSpliced(at, 1)),
      () => textOf(lines.toSpliced(at, 0, lines[at] ?? '')),
      () => textOf(lines.toSpliced(at, 2, lines[at + 1] ?? '', lines[at] ?? '')),
    )
  })

  it('is refused if its closing line is wrong', () => {
    const last = lines.length - 1
    return refuses(
      () => textOf(withLine(last, () => JSON.stringify({ lines: last, digest: 'f'.repeat(64) }))),
      () => textOf(withLine(last, (line) => line.replace('"lines":', '"lines":1'))),
    )
  })

  it('is refused if its rows do not give the catalogue of the newest commit', () =>
    refuses(() =>
      rewritten(backup, (rows, header) => [
        header,
        ...rows.map((line) =>
          line.row.to_seq === null
            ? { ...line, row: { ...line.row, body: `${line.row.body}`.replace('m7', 'm8') } }
            : line,
        ),
      ]),
    ))

  it('is refused if its rows contradict each other', () => {
    const doubled = (name: string) => () =>
      rewritten(backup, (rows, header) => [header, ...rows.flatMap((row) => (row.table === name ? [row, row] : [row]))])
    const without = (name: string) => () =>
      rewritten(backup, (rows, header) => [header, ...rows.filter(({ table }) => table !== name)])
    return refuses(
      ...['versions', 'entities', 'revisions', 'pulls'].map(doubled),
      ...['entities', 'revisions'].map(without),
    )
  })
})

describe('parts', () => {
  it('are refused out of order, without a change', () =>
    withRegistry(async (opened) => {
      const parts = partsOf(backup, 4)
      const send = (part: number, text = parts[part - 1] ?? '') => opened.registry.restore(part, text)
      expect(send(2)).toMatchObject(CONFLICT)
      expect(isRestoring(opened.registry)).toBe(false)
      expect(send(1)).toMatchObject({ ok: true })
      const before = tablesOf(opened)
      for (const part of [3, 4, 5]) expect(send(part)).toMatchObject(CONFLICT)
      expect(send(1, parts[1])).toMatchObject(CONFLICT)
      expect(tablesOf(opened)).toEqual(before)
      for (const part of [2, 3, 4]) expect(send(part)).toMatchObject({ ok: true })
      expect(recordsOf(opened)).toEqual(Reflect.get(remembered, 'records'))
    }))

  it('are refused if one is sent instead of the next, however they are numbered', () =>
    withRegistry(async (opened) => {
      const [first = '', second = '', third = ''] = partsOf(backup, 3)
      expect(opened.registry.restore(1, first)).toMatchObject({ ok: true })
      opened.registry.restore(2, third)
      expect(opened.registry.current()).toBeUndefined()
      expect(opened.registry.wipeRestore()).toMatchObject({ ok: true })
      restoreParts(opened.registry, [first, second, third])
    }))

  it('may be sent again while they are the last restored part, and count once', () =>
    withRegistry(async (opened) => {
      const parts = partsOf(backup, 4)
      for (const [index, part] of parts.slice(0, -1).entries()) {
        const first = opened.registry.restore(index + 1, part)
        expect(first).toMatchObject({ ok: true, value: { outcome: 'unchanged' } })
        expect(opened.registry.restore(index + 1, part)).toEqual(first)
      }
      expect(opened.registry.restore(4, parts[3] ?? '')).toMatchObject({ value: { outcome: 'committed', seq: 5 } })
      expect({ records: recordsOf(opened), bodies: bodiesOf(opened) }).toEqual(remembered)
    }))

  it('are accepted after one that was refused', () =>
    withRegistry(async (opened) => {
      const [first = '', second = '', third = ''] = partsOf(backup, 3)
      opened.registry.restore(1, first)
      expect(opened.registry.restore(2, second.slice(0, -1))).toMatchObject(INVALID)
      expect(opened.registry.restore(2, `${second}x\n`)).toMatchObject(INVALID)
      expect(opened.registry.restore(2, second)).toMatchObject({ ok: true })
      expect(opened.registry.restore(3, flip(third))).toMatchObject(INVALID)
      expect(isRestoring(opened.registry)).toBe(true)
      expect(opened.registry.restore(3, third)).toMatchObject({ value: { outcome: 'committed' } })
      expect({ records: recordsOf(opened), bodies: bodiesOf(opened) }).toEqual(remembered)
    }))

  it('are accepted after an eviction', () =>
    withRegistry(async (opened) => {
      for (const [index, part] of partsOf(backup, 5).entries()) {
        expect(opened.registry.restore(index + 1, part)).toMatchObject({ ok: true })
        await opened.reopen()
      }
      expect({ records: recordsOf(opened), bodies: bodiesOf(opened) }).toEqual(remembered)
    }))

  it('are refused by a registry that is not empty', () =>
    withRegistry(async (opened) => {
      opened.send()
      const before = tablesOf(opened)
      expect(opened.registry.restore(1, backup)).toMatchObject(CONFLICT)
      expect(tablesOf(opened)).toEqual(before)
    }))
})
