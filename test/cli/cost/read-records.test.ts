import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordsOf } from '../../support/cli/cost/usage-reading.ts'

const anyText = fc.string({
  unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\\', '{', '}', '[', ']', ' ', 'é', '智'),
})
const anyLength = fc.integer({ min: 1, max: 20 })

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`

describe('readRecords()', () => {
  it('reads back what was written as CSV, in chunks of any length', async () => {
    const anyRows = fc.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(anyRows, anyLength, fc.constantFrom('\n', '\r\n'), async (rows, length, end) => {
        const text = [['one', 'two'], ...rows].map((cells) => cells.map(quoted).join(',') + end).join('')
        const records = await recordsOf(text, length)
        expect(records.map(({ fields }) => [fields.one, fields.two])).toEqual(rows)
      }),
    )
  })

  it.each([
    ['a line each', (values: object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')],
    ['an array', (values: object[]) => JSON.stringify(values)],
    ['an array over lines', (values: object[]) => JSON.stringify(values, undefined, 2)],
    ['one after another', (values: object[]) => values.map((value) => JSON.stringify(value, undefined, 1)).join('\n')],
  ])('reads back what was written as JSON, %s, in chunks of any length', async (_, write) => {
    const anyMember = fc.oneof(anyText, fc.array(fc.dictionary(anyText, fc.nat())))
    const anyValues = fc.array(fc.dictionary(anyText, anyMember, { minKeys: 1 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(anyValues, anyLength, async (values, length) => {
        const records = await recordsOf(write(values), length)
        expect(records.map(({ fields }) => fields)).toEqual(JSON.parse(JSON.stringify(values)))
      }),
    )
  })

  it.each([
    ['semicolons', 'model;at\nacme-one;x,y\n'],
    ['tabs', 'model\tat\nacme-one\tx,y\n'],
    ['blank lines at the end', 'model,at\nacme-one,"x,y"\n\n\n'],
    ['no line break at the end', 'model,at\r\nacme-one,"x,y"'],
  ])('reads CSV with %s', async (_, text) => {
    expect(await recordsOf(text)).toEqual([{ record: 2, fields: { model: 'acme-one', at: 'x,y' } }])
  })

  it('reports a line that is not an object, and continues', async () => {
    const records = await recordsOf('{"a":1}\n{"a":\n\n{"a":2}')
    expect(records).toMatchObject([
      { record: 1, fields: { a: 1 } },
      { record: 2, problem: 'it is not a JSON object' },
      { record: 4, fields: { a: 2 } },
    ])
  })

  it("reports a record whose length differs from the header's, and continues", async () => {
    expect(await recordsOf('a,b\n1\n2,3\n')).toMatchObject([
      { record: 2, problem: 'it has 1 values, but the header has 2 columns' },
      { record: 3, fields: { a: '2', b: '3' } },
    ])
  })

  it.each([
    ['a quote inside a plain value', 'a,b\n1,2"3\n', 'record 2 has a misplaced quote'],
    ['text after a closing quote', 'a,b\n"1"2,3\n', 'record 2 has a misplaced quote'],
    ['a quote that does not end', 'a,b\n1,"2\n3,4\n', 'record 2 has a misplaced quote'],
    ['a column twice', 'a,a\n1,2\n', 'it has the column "a" twice'],
    ['an array that does not end', '[{"a":1},{"a":', 'it ends inside a value'],
    ['an array of numbers', '[1, 2]', 'something other than an object follows record 0'],
  ])('refuses %s', async (_, text, why) => {
    await expect(recordsOf(text)).rejects.toThrow(`Cannot read "usage": ${why}`)
  })

  it('finds nothing in an empty file', async () => {
    expect(await recordsOf('')).toEqual([])
    expect(await recordsOf(' \n\n')).toEqual([])
  })
})
