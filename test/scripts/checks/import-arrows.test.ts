import { describe, expect, it } from 'vitest'
import { brokenArrows, importCircles, importsOf, wrongImports } from '../../../scripts/checks/import-arrows.ts'

const imports = (files: Record<string, string[]>) => new Map(Object.entries(files))

describe('importsOf()', () => {
  it('finds imports, imports of types and exports from', () => {
    const source = "import 'a'\nimport { b } from './b.ts'\nimport type { C } from './c.ts'\nexport * from './d.ts'"
    expect(importsOf(source)).toEqual(['a', './b.ts', './c.ts', './d.ts'])
  })
})

describe('wrongImports()', () => {
  it('reports an import of a forbidden part, and of a package', () => {
    const files = imports({
      'src/core/a.ts': ['zod', 'hono', './b.ts', '../edge/c.ts'],
      'src/edge/c.ts': ['../core/a.ts'],
    })
    expect(wrongImports(files)).toEqual([
      'src/core/a.ts must not import hono',
      'src/core/a.ts must not import ../edge/c.ts',
    ])
  })
})

describe('importCircles()', () => {
  it('reports two files that import each other, once', () => {
    const files = imports({ 'src/core/b.ts': ['./a.ts'], 'src/core/a.ts': ['./b.ts'] })
    expect(importCircles(files)).toEqual([
      'Files import each other in a circle: src/core/a.ts -> src/core/b.ts -> src/core/a.ts',
    ])
  })

  it('reports a circle through several folders, and not the files that lead to it', () => {
    const files = imports({
      'src/index.ts': ['./x/a.ts'],
      'src/x/a.ts': ['../y/b.ts'],
      'src/y/b.ts': ['../z/c.ts', 'zod'],
      'src/z/c.ts': ['../x/a.ts'],
    })
    expect(importCircles(files)).toEqual([
      'Files import each other in a circle: src/x/a.ts -> src/y/b.ts -> src/z/c.ts -> src/x/a.ts',
    ])
  })

  it('does not report files that import the same file as a circle', () => {
    const files = imports({
      'src/a.ts': ['./b.ts', './c.ts'],
      'src/b.ts': ['./d.ts'],
      'src/c.ts': ['./d.ts'],
      'src/d.ts': [],
    })
    expect(importCircles(files)).toEqual([])
  })
})

describe('brokenArrows()', () => {
  it('finds nothing wrong in this repository', async () => {
    expect(await brokenArrows()).toEqual([])
  })
})
