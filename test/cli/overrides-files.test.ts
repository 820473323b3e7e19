import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatOverrideFile, parseOverrideFile } from '../../src/cli/commands/overrides/override-file.ts'
import {
  fileNameOf,
  readOverrideFolder,
  writeOverrideFolder,
} from '../../src/cli/commands/overrides/override-folder.ts'
import { planPush } from '../../src/cli/commands/overrides/push-plan.ts'
import { Key, type KeyedOverride } from '../../src/core/overrides/override-schema.ts'

const PROVIDER: KeyedOverride = { provider: 'groq', set: { website: 'https://groq.test/', name: 'Groq' }, note: 'n' }
const MODEL: KeyedOverride = {
  provider: 'groq',
  value: 'openai/gpt-oss-120b',
  note: 'models.dev says so',
  unset: ['speed', 'metrics.endToEnd'],
  set: { pricing: { output: 0.6, input: 0.15 }, metrics: { contextWindow: 131_072 } },
  inheritFrom: { value: 'gpt-oss-120b', provider: 'openai' },
}
const TEXT = `{
  "comment": "From models.dev",
  "provider": {
    "set": {
      "name": "Groq",
      "website": "https://groq.test/"
    },
    "note": "n"
  },
  "models": {
    "openai/gpt-oss-120b": {
      "inheritFrom": {
        "provider": "openai",
        "value": "gpt-oss-120b"
      },
      "set": {
        "metrics": {
          "contextWindow": 131072
        },
        "pricing": {
          "input": 0.15,
          "output": 0.6
        }
      },
      "unset": ["metrics.endToEnd", "speed"],
      "note": "models.dev says so"
    }
  }
}
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overrides-'))
})
afterEach(() => rm(folder, { recursive: true }))

const write = (name: string, content: unknown) =>
  writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))

describe('formatOverrideFile()', () => {
  it('writes one fact per line, in a fixed order', () => {
    expect(formatOverrideFile({ comment: 'From models.dev', overrides: [MODEL, PROVIDER] })).toBe(TEXT)
  })

  it('writes scheduled prices and replaced facts, with the keys of a period in a fixed order', () => {
    const prices = [
      { note: 'Promotion', source: 'https://example.com/', pricing: { output: 20, input: 4 }, from: '2026-08-21' },
    ]
    const override = { provider: 'acme', value: 'one', prices, replaces: { 'pricing.input': 5 }, note: 'n' }
    const text = formatOverrideFile({ overrides: [override] })
    const { models } = JSON.parse(text)
    expect(Object.keys(models.one)).toEqual(['prices', 'replaces', 'note'])
    expect(Object.keys(models.one.prices[0])).toEqual(['from', 'pricing', 'source', 'note'])
    expect(parseOverrideFile('acme', text)).toEqual({ provider: 'acme', overrides: [override] })
  })

  it('round-trips: parseOverrideFile() reads the same overrides, which are written as the same text', () => {
    const value = fc.string({ minLength: 1, maxLength: 8 }).filter((key) => Key.safeParse(key).success)
    const body = fc.record(
      {
        set: fc.record(
          { iq: fc.integer({ min: 0, max: 5 }), name: fc.constantFrom('A', 'B (high)') },
          { requiredKeys: [] },
        ),
        unset: fc.subarray(['speed', 'metrics.endToEnd', 'pricing.cacheRead']),
        inheritFrom: fc.record({ provider: value, value }),
        hidden: fc.boolean(),
        note: fc.constantFrom('n', 'a "quoted" note'),
      },
      { requiredKeys: ['note'] },
    )
    fc.assert(
      fc.property(fc.dictionary(value, body), (models) => {
        const overrides = Object.entries(models).map(
          ([value, rest]): KeyedOverride => ({ provider: 'p', value, ...rest }),
        )
        const text = formatOverrideFile({ overrides })
        const file = parseOverrideFile('p', text)
        if ('complaints' in file) throw new Error(file.complaints.join())
        expect(planPush([file], overrides, { all: false })).toEqual([])
        expect(formatOverrideFile(file)).toBe(text)
      }),
    )
  })
})

describe('parseOverrideFile()', () => {
  it.each([
    ['{', /^not JSON: /],
    ['[]', /expected object/],
    ['{"modles": {}}', /Unrecognized key: "modles"/],
    ['{"models": {"a.b": {"set": {"iq": 6}, "note": "n"}}}', /^models\["a\.b"\]\.set\.iq: Too big/],
    ['{"models": {"a": {"set": {"pricing": {"input": -1}}, "note": "n"}}}', /^models\.a\.set\.pricing\.input: /],
    ['{"models": {"a": {"hidden": true}}}', /^models\.a\.note: /],
    [
      '{"models": {"a": {"set": {"iq": 1}, "unset": ["iq"], "note": "n"}}}',
      /^models\.a\.unset: "iq" is both set and unset/,
    ],
    ['{"models": {"a\\u0007": {"hidden": true, "note": "n"}}}', /contains control characters/],
    ['{"provider": {"set": {"iq": 1}, "note": "n"}}', /^provider\.set: Unrecognized key: "iq"/],
    ['{"models": {"a": {"hidden": true, "note": "n"}, "a": {"hidden": false, "note": "n"}}}', /^has the key "a" twice/],
    ['{"models": {"a": {"set": {"iq": 1, "iq": 2}, "note": "n"}}}', /^has the key "iq" twice in one object$/],
    ['{"models": {"a": {"set": {"__proto__": {}}, "note": "n"}}}', /^__proto__: is not an allowed field/],
  ])('reports where %s is wrong', (text, complaint) => {
    const file = parseOverrideFile('p', text)
    expect('complaints' in file && file.complaints[0]).toMatch(complaint)
  })
})

describe('readOverrideFolder()', () => {
  it('names every file that is wrong, and ignores files that are not JSON', async () => {
    await write('NOTICE', 'text')
    await mkdir(join(folder, 'old.json'))
    await write('a.json', '{')
    await write('b.json', { models: { x: {} } })
    await expect(readOverrideFolder(folder)).rejects.toThrow(/a\.json": not JSON.*\n.*b\.json": models\.x\.note/)
  })

  it('refuses a file under a name that another provider could share', async () => {
    await write('a%62.json', {})
    await expect(readOverrideFolder(folder)).rejects.toThrow(
      'its name is not that of a provider\'s file: expected "ab.json"',
    )
  })

  it.each(['azure', 'a/b', '../up', '.x', 'Ä b', 'nul:*'])('reads back the provider %j', async (provider) => {
    await writeOverrideFolder(folder, [{ provider, set: { name: 'N' }, note: 'n' }])
    expect(await readdir(folder)).toEqual([fileNameOf(provider)])
    expect(await readOverrideFolder(folder)).toMatchObject([{ provider }])
  })
})

describe('fileNameOf()', () => {
  it('gives each provider a distinct name, even if the file system ignores case', () => {
    const anyCase = fc.string({
      unit: fc.constantFrom('a', 'A', 'é', 'É', '%', '.', '*', '4', '1'),
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(anyCase, anyCase, (one, other) => {
        fc.pre(one !== other)
        expect(fileNameOf(one).toLowerCase()).not.toBe(fileNameOf(other).toLowerCase())
      }),
    )
    expect(fileNameOf('Acme')).toBe('%41cme.json')
  })

  it.each(['con', 'nul', 'aux.x', 'com1', '.hidden', 'a/b', '..\\x'])(
    'does not give %s a file name with a special meaning',
    (provider) => {
      expect(fileNameOf(provider)).not.toMatch(/^(con|nul|aux|com1)\.|^\.|[/\\]/)
    },
  )
})

describe('writeOverrideFolder()', () => {
  it('writes nothing if the name of a provider is too long for a file name', async () => {
    const long: KeyedOverride = { provider: 'é'.repeat(50), hidden: true, note: 'n' }
    await expect(writeOverrideFolder(folder, [PROVIDER, long])).rejects.toThrow(
      /a name of 305 characters, more than 255/,
    )
    expect(await readdir(folder)).toEqual([])
  })

  it('keeps comments, removes only what it would have written, and overwrites nothing else', async () => {
    await write('groq.json', TEXT)
    await write('gone.json', formatOverrideFile({ overrides: [{ provider: 'gone', hidden: true, note: 'n' }] }))
    await write('by-hand.json', { provider: { hidden: true, note: 'n' } })
    await write('other.json', { something: 'else' })
    expect(await writeOverrideFolder(folder, [{ ...MODEL, note: 'new' }, PROVIDER])).toEqual([
      { name: 'groq.json', fate: 'written' },
      { name: 'by-hand.json', fate: 'kept' },
      { name: 'gone.json', fate: 'removed' },
      { name: 'other.json', fate: 'kept' },
    ])
    expect(await readFile(join(folder, 'groq.json'), 'utf8')).toBe(TEXT.replace('models.dev says so', 'new'))
    const clash: KeyedOverride = { provider: 'other', hidden: true, note: 'n' }
    await expect(writeOverrideFolder(folder, [clash])).rejects.toThrow(/other\.json": Unrecognized key/)
  })
})

describe('planPush()', () => {
  const file = { provider: 'groq', overrides: [PROVIDER, MODEL] }
  const elsewhere: KeyedOverride = { provider: 'azure', value: 'x', hidden: true, note: 'n' }

  it('puts overrides that are new or differ, and deletes those that the file of their provider does not contain', () => {
    const old: KeyedOverride = { provider: 'groq', value: 'old', hidden: true, note: 'n' }
    const changes = planPush([file], [{ ...PROVIDER, note: 'before' }, old, elsewhere], { all: false })
    expect(changes.map(({ kind, override }) => [kind, override.value])).toEqual([
      ['replaced', undefined],
      ['deleted', 'old'],
      ['new', 'openai/gpt-oss-120b'],
    ])
  })

  it('deletes those of providers without a file only with the option `all`', () => {
    const active = [PROVIDER, { ...MODEL, unset: ['metrics.endToEnd', 'speed'] }, elsewhere]
    expect(planPush([file], active, { all: false })).toEqual([])
    expect(planPush([file], active, { all: true })).toEqual([{ kind: 'deleted', override: elsewhere }])
  })
})

describe('the example set', () => {
  it('covers three hosts, and is formatted as by `overrides pull`', async () => {
    const files = await readOverrideFolder(fileURLToPath(new URL('../../overrides', import.meta.url)))
    expect(files.map(({ provider }) => provider)).toEqual(['azure', 'cerebras', 'groq'])
    for (const file of files) {
      const text = await readFile(new URL(`../../overrides/${file.provider}.json`, import.meta.url), 'utf8')
      expect(formatOverrideFile(file)).toBe(text)
      expect(file.overrides).toEqual([
        { provider: file.provider, set: { website: expect.any(String) }, note: expect.any(String) },
      ])
    }
  })
})
