import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unstable_getVarsForDev as getVarsForDev } from 'wrangler'
import { varsText } from '../../../scripts/start/vars-file.ts'

/** The variables that wrangler reads from a text given as `--env-file`, with a conflicting `.dev.vars`. */
function readByWrangler(text: string): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'vars-file-'))
  try {
    writeFileSync(join(folder, '.dev.vars'), 'A=other\nONLY_THERE=other\n')
    writeFileSync(join(folder, 'worker.env'), text)
    const vars = getVarsForDev(join(folder, 'wrangler.toml'), [join(folder, 'worker.env')], {}, undefined, true)
    return Object.fromEntries(Object.entries(vars).map(([name, { value }]) => [name, value]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('varsText()', () => {
  it('is read by wrangler as exactly the values that were given', () => {
    const vars = {
      A: 'plain',
      EMPTY: '',
      DOLLARS: `it's $HOME \${HOME} $$A`,
      QUOTES: '"double" and `back`',
      BOTH: `"double" and 'single' \\n`,
      HASH: 'before#after # more',
      SPACES: ' around ',
      BACKSLASHES: 'a\\nb\\$c\\',
      LINES: 'one\ntwo',
    }
    expect(readByWrangler(varsText(vars))).toEqual(vars)
  })

  it('leaves out what is not set', () => {
    expect(varsText({ A: undefined, B: 'b' })).toBe(`B='b'\n`)
  })

  it('refuses a value that cannot be quoted', () => {
    expect(() => varsText({ A: `'"\`` })).toThrow('Cannot pass A to wrangler: its value contains every kind of quote')
  })
})
