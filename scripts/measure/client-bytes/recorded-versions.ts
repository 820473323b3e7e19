/** The versions that recorded pulls lead to, one after the other, by the code that the Worker runs. */
import { join } from 'node:path'
import { listPullFiles, readPullFile } from '../../../src/cli/commands/replay/recorded-pull-files.ts'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { partsOf, rootOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { layOutManifest } from '../../../src/core/manifest/manifest-layout.ts'
import { versionOf } from '../../../src/core/manifest/version.ts'
import type { VersionInfo } from '../../../src/core/schema/history.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import type { ProviderNames } from '../../../src/core/statements/provider-names.ts'
import { type MadeAlone, makeAlone } from '../../shared/sources-alone.ts'

export interface RecordedVersion {
  info: VersionInfo
  catalogue: Catalogue
  /** The manifest as it is served. */
  text: string
}

const SOURCE = 'artificial-analysis'

/** Skips files without a pull, pulls of other sources, and pulls that change nothing; there is no guard. */
export async function* recordedVersions(directory: string): AsyncGenerator<RecordedVersion> {
  let names: ProviderNames = {}
  let last: RecordedVersion | undefined
  for (const { file, at } of (await listPullFiles(directory)).pulls) {
    const recorded = await readPullFile(join(directory, file))
    if (!('pages' in recorded) || (recorded.source ?? SOURCE) !== SOURCE) continue
    const made = makeAlone([{ source: SOURCE, pages: recorded.pages }], { names })
    if (!made.ok) continue
    names = made.value.names
    const next = versionFrom(made.value, at, last?.info)
    if (next.info.root === last?.info.root) continue
    yield next
    last = next
  }
}

export function versionFrom(
  { catalogue, attribution, iqBasis }: MadeAlone,
  at: number,
  previous: VersionInfo | undefined,
): RecordedVersion {
  const parts = partsOf(catalogue)
  const root = rootOf(parts, sha256)
  const time = new Date(at).toISOString()
  const id = { ...versionOf(root), generatedAt: time }
  const info: VersionInfo = {
    ...id,
    root,
    seq: (previous?.seq ?? 0) + 1,
    committedAt: time,
    ...(previous && { previous: previous.version }),
    cause: 'pull',
    counts: { providers: catalogue.providers.length, models: catalogue.models.length },
    changes: { added: 0, removed: 0, changed: 0 },
    attribution,
    chain: root,
  }
  const { bytes } = layOutManifest({ ...id, iqBasis, attribution }, parts)
  return { info, catalogue, text: new TextDecoder().decode(bytes) }
}
