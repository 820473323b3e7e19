/** `snapshot`: writes what a registry serves as files for people. */
import { canonicalize } from '../../core/canonical.ts'
import { applyDiff, diffCatalogues } from '../../core/diff/diff.ts'
import type { CatalogueDiff, Manifest } from '../../core/schema/history.ts'
import type { Catalogue } from '../../core/schema/model.ts'
import { defineCommand } from '../shared/command.ts'
import { DEFAULT_URL, readerClient, refuseArguments, URL_OPTION } from '../shared/options.ts'
import type { RegistryClient } from '../shared/registry-client.ts'
import { firstToken } from '../shared/tokens.ts'
import { describeSnapshot } from './snapshot/changes-entry.ts'
import { addEntry } from './snapshot/changes-file.ts'
import { fetchDiff, fetchManifest } from './snapshot/fetch-snapshot.ts'
import { snapshotFiles } from './snapshot/snapshot-files.ts'
import { readFile, readSnapshot, requireOwnFolder, type Snapshot, writeFiles } from './snapshot/snapshot-folder.ts'

const DEFAULT_FOLDER = 'public'
const CHANGES_FILE = 'CHANGES.md'

const HELP = `Usage: bun run snapshot [--url URL] [--out DIR]
   or: npm run snapshot -- [--url URL] [--out DIR]

Writes what a registry serves now into DIR as files that read well, and in git diff well: version.json, providers.json,
models.json (one model a line), CHANGES.md (what changed since the last snapshot, newest first) and README.md. When
nothing has changed, nothing is written. A registry whose reads are not public is read with READ_TOKEN.

  --url URL   where the registry is (default: ${DEFAULT_URL})
  --out DIR   the folder of the snapshot (default: ${DEFAULT_FOLDER})
  --help      show this text`

export const snapshot = defineCommand({
  help: HELP,
  options: { url: URL_OPTION, out: { type: 'string', default: DEFAULT_FOLDER } },
  async run({ values: { url, out: folder }, positionals }, { env, output, now }) {
    refuseArguments('write a snapshot', positionals)
    const client = readerClient('write a snapshot', url, firstToken(env, 'READ_TOKEN'))
    const manifest = await fetchManifest(client)
    const files = snapshotFiles(manifest)
    const last = readSnapshot(folder)
    if (last === undefined) requireOwnFolder(folder, [...Object.keys(files), CHANGES_FILE])
    const day = new Date(now()).toISOString().slice(0, 10)
    const changes = await nextChanges({ client, last, manifest, day }, readFile(folder, CHANGES_FILE))
    const written = await writeFiles(folder, { ...files, [CHANGES_FILE]: changes })
    const what = `${manifest.version}, ${manifest.models.length} models`
    if (written.length === 0) output.write(`Nothing has changed: ${folder} holds ${manifest.version}\n`)
    else output.write(`Wrote ${written.join(', ')} into ${folder}: ${what}\n`)
    return 0
  },
})

interface Taken {
  client: RegistryClient
  last: Snapshot | undefined
  manifest: Manifest
  /** UTC. */
  day: string
}

/** The text of CHANGES.md, which stays as it is where the version is the same. */
async function nextChanges({ client, last, manifest, day }: Taken, changes: string | undefined): Promise<string> {
  if (changes !== undefined && last?.id.etag === manifest.etag) return changes
  const before = last?.id.etag === manifest.etag ? undefined : last
  const diff = before && (await diffSince(client, before, manifest))
  return addEntry(changes, describeSnapshot(day, manifest, before?.id, diff))
}

/** `undefined` where neither the registry knows the last snapshot nor its files are whole. */
async function diffSince(
  client: RegistryClient,
  { id, catalogue }: Snapshot,
  manifest: Manifest,
): Promise<CatalogueDiff | undefined> {
  const diff = await fetchDiff(client, id.etag, manifest.etag)
  if (diff && (catalogue === undefined || leadsTo(diff, catalogue, manifest))) return diff
  return catalogue && diffCatalogues(catalogue, manifest)
}

/** Whether it is all that differs between the files and the manifest, and nothing else. */
function leadsTo(diff: CatalogueDiff, before: Catalogue, { providers, models }: Manifest): boolean {
  try {
    return canonicalize(applyDiff(before, diff)) === canonicalize({ providers, models })
  } catch {
    return false
  }
}
