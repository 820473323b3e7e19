/** Parts and root of a version implemented a second time, from the contract and without a line of the code under test. */
import type { Manifest } from '../../../../src/core/schema/history.ts'
import { independentCanonical, sha256 } from './independent-canonical.ts'

type Content = Pick<Manifest, 'models' | 'providers'>

/** The text of each part by its provider. */
export function independentParts({ models, providers }: Content): Map<string, string> {
  const parts = new Map<string, string>()
  for (const provider of providers) {
    const own = models.filter((model) => model.provider === provider.value)
    parts.set(provider.value, independentCanonical({ models: own, provider }))
  }
  return parts
}

/** The text that hashes to the root. */
export function independentRootText(content: Content): string {
  const digests = [...independentParts(content)].map(([provider, text]) => [provider, sha256(text)])
  return independentCanonical(Object.fromEntries(digests))
}

/** The etag of what was read. */
export function independentEtag(content: Content): string {
  return `"${sha256(independentRootText(content)).substring(0, 32)}"`
}
