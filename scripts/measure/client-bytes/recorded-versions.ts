/** The versions that recorded pulls lead to, one after the other, by the code that the Worker runs. */
import { join } from 'node:path'
import { listPullFiles, readPullFile } from '../../../src/cli/commands/replay/recorded-pull-files.ts'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { buildCatalogue } from '../../../src/core/build/build-catalogue.ts'
import type { ProviderNames } from '../../../src/core/build/provider-names.ts'
import type { Attribution, VersionInfo } from '../../../src/core/schema/history.ts'
import type { Catalogue } from '../../../src/core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { bodiesOf, contentText, manifestText, versionOf } from '../../../src/core/version.ts'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import { readPull } from '../../../src/sources/artificial-analysis/read-pull.ts'

export interface RecordedVersion {
  info: VersionInfo
  catalogue: Catalogue
  /** The manifest as it is served. */
  text: string
}

/** Files that hold no pull, and pulls that change nothing, are passed over; there is no guard. */
export async function* recordedVersions(directory: string): AsyncGenerator<RecordedVersion> {
  let names: ProviderNames = {}
  let last: RecordedVersion | undefined
  for (const { file, at } of (await listPullFiles(directory)).pulls) {
    const recorded = await readPullFile(join(directory, file))
    const pull = 'detail' in recorded ? undefined : readPull(recorded.pages)
    if (!pull?.ok) continue
    const context = { iqThresholds: DEFAULT_IQ_THRESHOLDS, names, reserved: AA_CREATORS.values() }
    const built = buildCatalogue({ pull: pull.value, ...context })
    if (!built.ok) continue
    names = built.value.names
    const next = versionFrom(built.value.catalogue, pull.value.attribution, at, last?.info)
    if (next.info.etag === last?.info.etag) continue
    yield next
    last = next
  }
}

function versionFrom(
  catalogue: Catalogue,
  attribution: Attribution[],
  at: number,
  previous: VersionInfo | undefined,
): RecordedVersion {
  const content = contentText(bodiesOf(catalogue))
  const digest = sha256(content)
  const time = new Date(at).toISOString()
  const id = { ...versionOf(digest), generatedAt: time }
  const info: VersionInfo = {
    ...id,
    seq: (previous?.seq ?? 0) + 1,
    committedAt: time,
    ...(previous && { previous: previous.version }),
    cause: 'pull',
    counts: { providers: catalogue.providers.length, models: catalogue.models.length },
    changes: { added: 0, removed: 0, changed: 0 },
    attribution,
    chain: digest,
  }
  return { info, catalogue, text: manifestText(id, attribution, content) }
}
