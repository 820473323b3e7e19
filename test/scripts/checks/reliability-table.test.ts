import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const page = new URL('../../../docs/reliability.md', import.meta.url)
const text = await readFile(page, 'utf8')
const lastCells = text.split('\n').flatMap((line) => /^\|.*\| (.*) \|$/.exec(line)?.[1] ?? [])

/** A row that does not name a file belongs to the file of the previous row. */
function* namedTests(): Generator<[file: string, title: string]> {
  let file = ''
  for (const cell of lastCells.slice(2)) {
    file = /\]\((.*?)\)/.exec(cell)?.[1] ?? file
    for (const [, title = ''] of cell.matchAll(/`(.*?)`/g)) yield [file, title]
  }
}

describe('the table of faults in docs/reliability.md', () => {
  it.each([...namedTests()])('names a test that exists: %s, %s', async (file, title) => {
    expect(await readFile(new URL(file, page), 'utf8')).toContain(title)
  })

  it('names a test in every row', () => {
    expect(lastCells.length).toBeGreaterThan(20)
    for (const cell of lastCells.slice(2)) expect(cell).toMatch(/`.+`/)
  })
})
