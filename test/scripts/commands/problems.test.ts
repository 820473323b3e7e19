/** docs/problems.md describes every problem that the API can answer, where its `type` says. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PROBLEMS, statusOf } from '../../../src/http/problem.ts'

const PAGE = 'https://github.com/Rettend/llm/blob/main/'
const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
// Its keys are the codes, by its type.
const CODES = Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]

describe('docs/problems.md', () => {
  it('has a section for each code, and for nothing else', () => {
    const headings = Array.from(read('docs/problems.md').matchAll(/^## (.*)$/gm), ([, heading]) => heading)
    expect(headings).toEqual(CODES)
  })

  it.each(CODES)('is the type of %s, and has its status', (code) => {
    const { type, status } = statusOf(code)
    expect(type.startsWith(PAGE)).toBe(true)
    const [file = '', anchor] = type.slice(PAGE.length).split('#')
    expect(read(file)).toContain(`## ${anchor}\n\nStatus ${status}. `)
  })
})

it('docs/api.md has every code beside its status', () => {
  const rows = Array.from(read('docs/api.md').matchAll(/^\| (\d{3}) \| (.*) \|$/gm), ([, status, codes = '']) =>
    CODES.filter((code) => codes.includes(`\`${code}\``)).map((code) => [code, Number(status)] as const),
  )
  expect(Object.fromEntries(rows.flat())).toEqual(
    Object.fromEntries(CODES.map((code) => [code, statusOf(code).status])),
  )
})
