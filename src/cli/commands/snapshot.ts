/** The whole of `snapshot` but for the process around it: options in, an exit code and what to print out. */
import { canonicalize } from '../../core/canonical.ts'
import { applyDiff, diffCatalogues } from '../../core/diff/diff.ts'
import type { CatalogueDiff, Manifest } from '../../core/schema/history.ts'
import type { Catalogue } from '../../core/schema/model.ts'
import type { Target } from '../shared/target-options.ts'
import type { Output } from '../shared/terminal.ts'
import { describeSnapshot } from './snapshot/changes-entry.ts'
import { addEntry } from './snapshot/changes-file.ts'
import { fetchDiff, fetchManifest } from './snapshot/fetch-snapshot.ts'
import { snapshotFiles } from './snapshot/snapshot-files.ts'
import { readFile, readSnapshot, requireOwnFolder, type Snapshot, writeFiles } from './snapshot/snapshot-folder.ts'
import { readSnapshotOptions, SNAPSHOT_HELP } from './snapshot/snapshot-options.ts'

const CHANGES_FILE = 'CHANGES.md'

export async function runSnapshot(
  args: string[],
  tokens: { READ_TOKEN?: string },
  output: Output,
  clock: () => number = Date.now,
): Promise<number> {
  const options = readSnapshotOptions(args, tokens)
  if (options === undefined) {
    output.write(`${SNAPSHOT_HELP}\n`)
    return 0
  }
  const { target, folder } = options
  const manifest = await fetchManifest(target)
  const files = snapshotFiles(manifest)
  const last = readSnapshot(folder)
  if (last === undefined) requireOwnFolder(folder, [...Object.keys(files), CHANGES_FILE])
  const day = new Date(clock()).toISOString().slice(0, 10)
  const changes = await nextChanges({ target, last, manifest, day }, readFile(folder, CHANGES_FILE))
  const written = await writeFiles(folder, { ...files, [CHANGES_FILE]: changes })
  if (written.length === 0) output.write(`Nothing has changed: ${folder} holds ${manifest.version}\n`)
  else
    output.write(`Wrote ${written.join(', ')} into ${folder}: ${manifest.version}, ${manifest.models.length} models\n`)
  return 0
}

interface Taken {
  target: Target
  last: Snapshot | undefined
  manifest: Manifest
  /** UTC. */
  day: string
}

/** The text of CHANGES.md; the one at hand where the version is the same. */
async function nextChanges({ target, last, manifest, day }: Taken, changes: string | undefined): Promise<string> {
  if (changes !== undefined && last?.id.etag === manifest.etag) return changes
  const before = last?.id.etag === manifest.etag ? undefined : last
  const diff = before && (await diffSince(target, before, manifest))
  return addEntry(changes, describeSnapshot(day, manifest, before?.id, diff))
}

/** `undefined` where neither the registry knows the last snapshot nor its files are whole. */
async function diffSince(
  target: Target,
  { id, catalogue }: Snapshot,
  manifest: Manifest,
): Promise<CatalogueDiff | undefined> {
  const diff = await fetchDiff(target, id.etag, manifest.etag)
  if (diff && (catalogue === undefined || leadsTo(diff, catalogue, manifest))) return diff
  return catalogue && diffCatalogues(catalogue, manifest)
}

/** Whether it tells all that differs between the files and the manifest, and nothing else. */
function leadsTo(diff: CatalogueDiff, before: Catalogue, { providers, models }: Manifest): boolean {
  try {
    return canonicalize(applyDiff(before, diff)) === canonicalize({ providers, models })
  } catch {
    return false
  }
}
