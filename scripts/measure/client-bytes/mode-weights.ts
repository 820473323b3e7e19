/** What a client first fetches of one version, by how it reads. */
import { gzipSync } from 'node:zlib'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { partsOf } from '../../../src/core/manifest/catalogue-parts.ts'
import { partText, rootText } from '../../../src/core/manifest/version.ts'
import type { RecordedVersion } from './recorded-versions.ts'

/** A line for each kind of answer: bytes as they are and gzip. */
export function describeWeights({ info, catalogue, text }: RecordedVersion, providers: readonly string[]): string {
  const parts = new Map(partsOf(catalogue).map((part) => [part.value, partText(part)]))
  const digests = rootText(Object.fromEntries([...parts].map(([name, text]) => [name, sha256(text)])))
  const found = catalogue.models.filter((model) => model.capabilities?.vision && model.pricing?.blended).slice(0, 50)
  const lines: [name: string, body: string][] = [
    ['the newest commit', JSON.stringify([info])],
    ['a model', JSON.stringify(catalogue.models.find(({ provider }) => provider === providers[0]) ?? {})],
    ['a search that finds 50', JSON.stringify(found)],
    ['the digests of all parts', digests],
    ...providers.map((name): [string, string] => [`the part of ${name}`, parts.get(name) ?? '']),
    ['the whole manifest', text],
  ]
  const head = `${info.version}: ${catalogue.models.length} models of ${catalogue.providers.length} providers`
  const rows = lines.map(([name, body]) => `  ${name.padEnd(28)}${kilobytes(body)}${kilobytes(gzipSync(body))} gzip`)
  return [head, ...rows].join('\n')
}

function kilobytes(body: string | Uint8Array): string {
  return `${(Buffer.byteLength(body) / 1024).toFixed(1)} KB`.padStart(12)
}
