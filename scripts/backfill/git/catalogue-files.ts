/** The files of models.dev at a commit: where each provider, row and base file is, with symbolic links followed. */
import { posix } from 'node:path'
import { parse, type TomlTable } from 'smol-toml'
import { CATALOGUE_FOLDERS } from './deployed-days.ts'
import { readBlobs, runGit } from './git-process.ts'
import { UnbuildableError } from './unbuildable-error.ts'

/** By provider, by "provider/model", and by "lab/model": the blob of its file. */
export interface CatalogueFiles {
  providers: Map<string, string>
  rows: Map<string, string>
  bases: Map<string, string>
}

interface TreeEntry {
  blob: string
  isLink: boolean
}

const MAX_LINKS = 10

export class CatalogueReader {
  readonly #repository: string
  readonly #texts = new Map<string, string>()
  readonly #tables = new Map<string, TomlTable>()

  constructor(repository: string) {
    this.#repository = repository
  }

  filesOf(commit: string): CatalogueFiles {
    const tree = this.#treeOf(commit)
    this.#load([...tree.values()].map(({ blob }) => blob))
    const files: CatalogueFiles = { providers: new Map(), rows: new Map(), bases: new Map() }
    for (const path of tree.keys()) {
      const place = placeOf(path)
      const blob = place && this.#follow(tree, path)
      if (blob) files[place.kind].set(place.key, blob)
    }
    return files
  }

  /** The parsed content of a blob. It is shared, so it must not be changed. */
  tableOf(blob: string): TomlTable {
    const table = this.#tables.get(blob) ?? this.#parse(blob)
    this.#tables.set(blob, table)
    return table
  }

  #parse(blob: string): TomlTable {
    try {
      return parse(this.#texts.get(blob) ?? '')
    } catch (error) {
      const [reason] = String(error instanceof Error ? error.message : error).split('\n')
      throw new UnbuildableError(`Cannot read the blob ${blob} as TOML: ${reason}`)
    }
  }

  #treeOf(commit: string): Map<string, TreeEntry> {
    const listing = runGit(this.#repository, ['ls-tree', '-r', '-z', commit, '--', ...CATALOGUE_FOLDERS]).toString()
    const tree = new Map<string, TreeEntry>()
    for (const entry of listing.split('\0')) {
      const tab = entry.indexOf('\t')
      const path = entry.slice(tab + 1)
      const [mode, , blob = ''] = entry.slice(0, tab).split(' ')
      if (path.endsWith('.toml')) tree.set(path, { blob, isLink: mode === '120000' })
    }
    return tree
  }

  #load(blobs: readonly string[]): void {
    const missing = [...new Set(blobs)].filter((blob) => !this.#texts.has(blob))
    for (const [blob, text] of readBlobs(this.#repository, missing)) this.#texts.set(blob, text)
  }

  /** `undefined` for a link to nothing. */
  #follow(tree: ReadonlyMap<string, TreeEntry>, path: string): string | undefined {
    let at = path
    for (let links = 0; links <= MAX_LINKS; links++) {
      const entry = tree.get(at)
      if (!entry?.isLink) return entry?.blob
      at = posix.join(posix.dirname(at), this.#texts.get(entry.blob) ?? '')
    }
    return undefined
  }
}

const ROW = /^providers\/([^/]+)\/models\/(.+)\.toml$/
const PROVIDER = /^providers\/([^/]+)\/provider\.toml$/
const BASE = /^models\/(.+)\.toml$/

function placeOf(path: string): { kind: keyof CatalogueFiles; key: string } | undefined {
  const row = ROW.exec(path)
  if (row) return { kind: 'rows', key: `${row[1]}/${row[2]}` }
  const [, provider] = PROVIDER.exec(path) ?? []
  if (provider !== undefined) return { kind: 'providers', key: provider }
  const [, base] = BASE.exec(path) ?? []
  return base === undefined ? undefined : { kind: 'bases', key: base }
}
