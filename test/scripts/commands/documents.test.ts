/** Checks that documents and comments name existing commands and options. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandsDocument, SCRIPTS } from '../../../scripts/build/commands-document.ts'
import { REPOSITORY_PROGRAM } from '../../../scripts/repository-commands.ts'
import type { CommandEntry, CommandTable } from '../../../src/cli/program/command-table.ts'
import { VERSION } from '../../../src/cli/version.ts'

const PROJECT = new URL('../../../', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, PROJECT), 'utf8')
const package_: { version: string; scripts: Record<string, string> } = JSON.parse(read('package.json'))
const LIFECYCLE = /^(pre|post)|^prepare$/

const DOCUMENTS = [
  ...globSync('{*.md,docs/*.md,overrides/*.md,.github/workflows/*.yml,wrangler.toml,.dev.vars.example}', {
    cwd: PROJECT,
  }),
  ...globSync('{src,scripts,examples}/**/*.ts', { cwd: PROJECT }),
].filter((file) => !file.includes('node_modules'))

interface Mention {
  file: string
  /** The words after `npm run`, `bun run`, `npm start` or `llm-registry`, including the name of the script. */
  words: string[]
}

/** Mentions in code spans, in code blocks and in the texts of programs. */
function* mentions(): Generator<Mention> {
  for (const file of DOCUMENTS) {
    for (const [, runner = '', rest = ''] of read(file).matchAll(
      /\b(npm run|bun run|npm start|bun start|(?<=`|npx |^)llm-registry)\b((?: +[\w./:=<>|-]+)*)/gm,
    )) {
      const words = rest
        .trim()
        .split(/ +/)
        .filter((word) => word !== '' && word !== '--')
      const script = runner.endsWith('start') ? ['start'] : runner === 'llm-registry' ? ['registry'] : []
      // Part of what a session's signature covers.
      if (words[0] === 'session') continue
      if (words.length + script.length > 0) yield { file, words: [...script, ...words] }
    }
  }
}

/** The command that words name, and the words after it; `undefined` if they name none. */
function findCommand(
  words: string[],
  table: CommandTable = REPOSITORY_PROGRAM.commands,
): [CommandEntry, string[]] | undefined {
  const [name = '', ...rest] = words
  const entry = Object.hasOwn(table, name) ? table[name] : undefined
  if (!entry) return undefined
  return 'commands' in entry ? findCommand(rest, entry.commands) : [entry, rest]
}

/** The words after `registry.ts` in a script of package.json. */
function commandWords(script: string): string[] | undefined {
  return /scripts\/registry\.ts ?(.*)$/
    .exec(package_.scripts[script] ?? '')?.[1]
    ?.split(' ')
    .filter(Boolean)
}

describe('docs/commands.md', () => {
  it('is what "npm run docs" writes', async () => {
    expect(read('docs/commands.md')).toBe(await commandsDocument())
  })

  it('lists every script of package.json', () => {
    const scripts = Object.keys(package_.scripts).filter((name) => !LIFECYCLE.test(name))
    const others = scripts.filter((name) => commandWords(name) === undefined)
    expect(others.toSorted()).toEqual(Object.keys(SCRIPTS).toSorted())
    for (const name of scripts) expect(read('docs/commands.md')).toMatch(new RegExp(`npm (run )?${name}\\b`))
  })
})

describe('commands that are mentioned', () => {
  const all = [...mentions()]

  it('exist', () => {
    expect(all.length).toBeGreaterThan(60)
  })

  it('name an existing script', () => {
    const unknown = all.filter(({ words: [script = ''] }) => !Object.hasOwn(package_.scripts, script))
    expect(unknown).toEqual([])
  })

  it('name an existing command and existing options', async () => {
    const wrong: string[] = []
    for (const { file, words } of all) {
      const [script = '', ...given] = words
      const fixed = commandWords(script)
      if (fixed === undefined) continue
      const found = findCommand([...fixed, ...given])
      const [first] = [...fixed, ...given]
      if (found === undefined) {
        // A group, a placeholder, or the program itself.
        if (first !== undefined && /^[a-z]/.test(first) && !Object.hasOwn(REPOSITORY_PROGRAM.commands, first))
          wrong.push(`${file}: ${words.join(' ')}`)
        continue
      }
      const [entry, rest] = found
      const { options, isWrapper } = await entry.load()
      for (const word of rest.filter((one) => one.startsWith('--') && one !== '--help'))
        if (!Object.hasOwn(options, word.slice(2)) && !isWrapper) wrong.push(`${file}: ${words.join(' ')}`)
    }
    expect(wrong).toEqual([])
  })

  it('pass options through npm after "--"', () => {
    const swallowed = DOCUMENTS.filter((file) => /npm (start|run [\w:]+) (?!-- )[^`\n]*--\w/.test(read(file)))
    expect(swallowed).toEqual(['src/cli/program/npm-options.ts'])
  })
})

it('the command has the version of the package', () => {
  expect(VERSION).toBe(package_.version)
})
