/** Checks that links within the documents lead to existing files and headings, and that their JSON can be parsed. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const DOCUMENTS = globSync('{*.md,docs/*.md}', { cwd: PROJECT })
const read = (file: string): string => readFileSync(join(PROJECT, file), 'utf8')

/** The anchors that GitHub generates from headings. */
function anchorsOf(file: string): string[] {
  return Array.from(read(file).matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function brokenLinks(file: string): string[] {
  const links = Array.from(read(file).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link)
  return links.filter((link) => !/^https?:/.test(link) && !leadsSomewhere(file, link))
}

function leadsSomewhere(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? file : join(dirname(file), path)
  return existsSync(join(PROJECT, target)) && (anchor === undefined || anchorsOf(target).includes(anchor))
}

describe.each(DOCUMENTS)('%s', (file) => {
  it('has links that lead to files and headings', () => {
    expect(brokenLinks(file)).toEqual([])
  })

  it('has JSON that can be parsed', () => {
    for (const [, json = ''] of read(file).matchAll(/^```json\n(.*?)^```$/gms))
      expect(() => JSON.parse(json), json).not.toThrow()
  })
})

describe('README.md', () => {
  it('has fewer than 150 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(150)
  })

  it('links to every document', () => {
    const missing = DOCUMENTS.filter((file) => file !== 'README.md' && !read('README.md').includes(`](${file})`))
    expect(missing).toEqual([])
  })
})
