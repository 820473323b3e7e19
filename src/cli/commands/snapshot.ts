/** `snapshot`: writes what a registry serves as files for people. */

import { applyDiff, diffCatalogues } from '../../core/diff/diff.ts'
import { canonicalize } from '../../core/json/canonical.ts'
import type { CatalogueDiff, Manifest } from '../../core/schema/history.ts'
import type { Catalogue } from '../../core/schema/model.ts'
import { defineCommand } from '../shared/command.ts'
import { READER_ENVIRONMENT, readerClient, URL_OPTION } from '../shared/options.ts'
import type { RegistryClient } from '../shared/registry-client.ts'
import { describeSnapshot } from './snapshot/changes-entry.ts'
import { addEntry } from './snapshot/changes-file.ts'
import { fetchDiff, fetchManifest } from './snapshot/fetch-snapshot.ts'
import { snapshotFiles } from './snapshot/snapshot-files.ts'
import { readFile, readSnapshot, requireOwnFolder, type Snapshot, writeFiles } from './snapshot/snapshot-folder.ts'

const CHANGES_FILE = 'CHANGES.md'

export const snapshot = defineCommand({
  description: `Writes what a registry serves now as files for people, which git can compare: version.json, providers.json,
models.json (one model a line), CHANGES.md (what changed since the last snapshot, newest first) and README.md. When
nothing has changed, nothing is written.`,
  options: {
    url: URL_OPTION,
    out: { type: 'string', value: 'directory', description: 'the directory of the snapshot', default: 'public' },
  },
  environment: READER_ENVIRONMENT,
  examples: ['--url https://registry.example.com --out public'],
  async run({ values: { url, out: folder } }, context) {
    const { output, now } = context
    const client = readerClient('write a snapshot', url, context)
    const manifest = await fetchManifest(client)
    const files = snapshotFiles(manifest)
    const last = readSnapshot(folder)
    if (last === undefined) requireOwnFolder(folder, [...Object.keys(files), CHANGES_FILE])
    const day = new Date(now()).toISOString().slice(0, 10)
    const changes = await nextChanges({ client, last, manifest, day }, readFile(folder, CHANGES_FILE))
    const written = await writeFiles(folder, { ...files, [CHANGES_FILE]: changes })
    const what = `${manifest.version}, ${manifest.models.length} models`
    if (written.length === 0) output.write(`Nothing has changed: ${folder} contains ${manifest.version}\n`)
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

/** The text of CHANGES.md, which does not change if the version is the same. */
async function nextChanges({ client, last, manifest, day }: Taken, changes: string | undefined): Promise<string> {
  if (changes !== undefined && last?.id.etag === manifest.etag) return changes
  const before = last?.id.etag === manifest.etag ? undefined : last
  const diff = before && (await diffSince(client, before, manifest))
  return addEntry(changes, describeSnapshot(day, manifest, before?.id, diff))
}

/** `undefined` if the registry does not know the last snapshot and its files are not complete. */
async function diffSince(
  client: RegistryClient,
  { id, catalogue }: Snapshot,
  manifest: Manifest,
): Promise<CatalogueDiff | undefined> {
  const diff = await fetchDiff(client, id.etag, manifest.etag)
  if (diff && (catalogue === undefined || leadsTo(diff, catalogue, manifest))) return diff
  return catalogue && diffCatalogues(catalogue, manifest)
}

/** Whether the diff is exactly the difference between the files and the manifest. */
function leadsTo(diff: CatalogueDiff, before: Catalogue, { providers, models }: Manifest): boolean {
  try {
    return canonicalize(applyDiff(before, diff)) === canonicalize({ providers, models })
  } catch {
    return false
  }
}
