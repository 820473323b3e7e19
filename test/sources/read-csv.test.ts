import { describe, expect, it } from 'vitest'
import { readCsv } from '../../src/sources/read-csv.ts'

const rowsOf = (text: string) => readCsv(text).records?.map((record) => Object.fromEntries(record))

describe('readCsv()', () => {
  it.each([
    ['plain fields', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
    ['empty fields, the last among them', 'a,b\n,\n', [{ a: '', b: '' }]],
    ['no line break at the end', 'a,b\n1,2', [{ a: '1', b: '2' }]],
    ['an empty field at the very end', 'a,b\n1,', [{ a: '1', b: '' }]],
    ['CRLF and a byte order mark', '\uFEFFa,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
    ['quotes, commas and line breaks in quotes', 'a,b\n"x, ""y""","1\n2"\n', [{ a: 'x, "y"', b: '1\n2' }]],
    ['a header alone', 'a,b\n', []],
    ['nothing', '', []],
  ])('reads %s', (_, text, rows) => {
    expect(rowsOf(text)).toEqual(rows)
  })

  it.each([
    ['a record that is too short', 'a,b\n1\n', /record 2 has 1 values, but the header has 2 columns/],
    ['a record that is too long', 'a,b\n1,2,3\n', /record 2 has 3 values/],
    ['a quote that does not close', 'a,b\n"1,2\n', /record 2 has a misplaced quote/],
    ['text after a quote', 'a,b\n"1"x,2\n', /record 2 has a misplaced quote/],
    ['a quote inside a plain field', 'a,b\n1"x,2\n', /record 2 has a misplaced quote/],
    ['a duplicate column', 'a,a\n1,2\n', /the column "a" twice/],
  ])('refuses %s', (_, text, problem) => {
    expect(readCsv(text).problem).toMatch(problem)
  })
})
