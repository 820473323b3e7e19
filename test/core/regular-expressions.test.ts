import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseAst } from 'vitest/node'
import { countSteps, examplesOf, type Node, parseRegex, textOf } from '../support/core/regex-steps.ts'

interface Syntax {
  type?: string
  name?: string
  regex?: { pattern: string; flags: string }
  callee?: Syntax
  property?: Syntax
  arguments?: Syntax[]
}

/** Every node of the syntax tree of every file. */
const nodes = globSync('src/**/*.ts')
  .filter((file) => !file.startsWith('src/cli/'))
  .flatMap((file) => {
    const found: { file: string; node: Syntax }[] = []
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      // A node may have any type, so every property is optional.
      if ('type' in value) found.push({ file, node: value as Syntax })
      for (const member of Object.values(value)) walk(member)
    }
    walk(parseAst(readFileSync(file, 'utf8'), { lang: 'ts' }))
    return found
  })

const expressions = nodes.flatMap(({ file, node: { regex } }) => (regex ? [{ file, ...regex }] : []))

/**
 * Expressions whose number of steps grows with the square of the text's length, and what bounds the length.
 */
const SQUARE: Record<string, string> = {
  '0+$': 'the decimals of a number, at most 12',
  '\\/+$': 'an address that the operator or the app has set',
  '(?:"((?:[^"]|"")*)"|([^",\\r\\n]*))(,|\\r?\\n|$)': 'sticky: it is tried at one place of a bounded reply only',
  '\\s*\\((?:[^()]*,\\s*)?([A-Z][a-z]{2,8})\\.? (20\\d\\d)\\)$': 'a name of a board, at most 300 characters',
}

const BOUND = 200_000
/** Longer than the bound of any repetition: below it, a bounded repetition looks like growth. */
const LENGTH = 110

/** How steps grow from a text to one twice as long: 1 is linear, 2 quadratic, more is too much. */
function growthOf(pattern: string, flags: string): number {
  const choices = parseRegex(pattern, flags)
  let worst = 0
  for (const { head, pump, tail } of attacks(choices)) {
    const steps = [1, 2].map((times) => {
      const text = head + pump.repeat(Math.ceil((times * LENGTH) / pump.length)) + tail
      return countSteps(choices, text, BOUND)
    })
    const [few = 0, many = 0] = steps
    worst = Math.max(worst, many >= BOUND ? Number.POSITIVE_INFINITY : Math.log2(many / few))
  }
  return worst
}

interface Attack {
  head: string
  pump: string
  tail: string
}

/** Text that reaches each part of an expression, then repeats what that part matches, and fails at the end. */
function attacks(choices: Node[][]): Attack[] {
  const characters = [...new Set(choices.flat().flatMap(examplesOf))].slice(0, 12)
  const pumps = [...characters, ...characters.flatMap((a) => characters.map((b) => a + b))]
  const heads = new Set([
    '',
    ...choices.flatMap((all) => all.map((_, index) => all.slice(0, index).map(textOf).join(''))),
  ])
  const tails = ['', '\u0001', ...characters.slice(0, 3)]
  return [...heads].flatMap((head) => pumps.flatMap((pump) => tails.map((tail) => ({ head, pump, tail }))))
}

describe('countSteps()', () => {
  it.each([
    ['^(a+)+$', Number.POSITIVE_INFINITY],
    ['^(a|a)*$', Number.POSITIVE_INFINITY],
    ['^(\\w+\\s?)*$', Number.POSITIVE_INFINITY],
  ])('finds that %s has no bound', (pattern, growth) => {
    expect(growthOf(pattern, '')).toBe(growth)
  })

  it('distinguishes quadratic from linear growth', () => {
    expect(growthOf('^a+$', '')).toBeLessThan(1.3)
    expect(growthOf('a+$', '')).toBeGreaterThan(1.6)
    expect(growthOf('^a*b?a*$', '')).toBeGreaterThan(1.6)
    expect(growthOf('^a*a*a*$', '')).toBeGreaterThan(2.5)
  })

  it('stops where the text matches', () => {
    expect(countSteps(parseRegex('ab|c', ''), 'xxab', BOUND)).toBe(6)
  })
})

describe('a regular expression in src/', () => {
  it('exists', () => {
    expect(expressions.length).toBeGreaterThan(30)
  })

  it.each(expressions)(
    'takes steps in proportion to the length of the text: /$pattern/$flags in $file',
    ({ pattern, flags }) => {
      const growth = growthOf(pattern, flags)
      if (pattern in SQUARE) expect(growth).toBeLessThan(2.3)
      else expect(growth).toBeLessThan(1.4)
    },
  )

  it('is listed as slow only if it exists', () => {
    expect(Object.keys(SQUARE).filter((slow) => !expressions.some(({ pattern }) => pattern === slow))).toEqual([])
  })

  it('is never constructed from text', () => {
    const made = nodes.filter(({ node: { callee } }) => callee?.name === 'RegExp')
    // Given a string, these methods build an expression; a constant already is one. Caches and routers also have
    // `match`.
    const searched = nodes.filter(
      ({ node: { callee, arguments: args } }) =>
        ['match', 'matchAll', 'search'].includes(callee?.property?.name ?? '') &&
        !args?.[0]?.regex &&
        !/^[A-Z_]+$/.test(args?.[0]?.name ?? ''),
    )
    // Built from constants in the same file.
    const JOINED = ['src/core/statements/model-type.ts', 'src/core/boards/board-name.ts']
    const OTHERS = [
      ...JOINED,
      'src/client/store/cache-store.ts',
      'src/edge/shared-cache.ts',
      'src/http/request/request-exchange.ts',
      // Patterns of the registry's own schemas, applied to its own examples.
      'src/http/docs/examples.ts',
      'src/http/static-first-router.ts',
    ]
    const files = [...made, ...searched].map(({ file }) => file)
    expect(files.filter((file) => !OTHERS.includes(file))).toEqual([])
  })
})
