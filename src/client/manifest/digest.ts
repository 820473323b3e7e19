/** Whether content matches its etag, with WebCrypto, which browsers do not provide to pages without TLS. */
import { partsOf } from '../../core/manifest/catalogue-parts.ts'
import { partText, rootText, versionOf } from '../../core/manifest/version.ts'
import type { Manifest } from '../../core/schema/history.ts'

export function canHash(): boolean {
  return typeof crypto === 'object' && crypto.subtle !== undefined
}

/** Hex SHA-256 of a text. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Whether the version and the etag of a manifest are those of its content. */
export async function isAsItSays({ providers, models, ...says }: Manifest): Promise<boolean> {
  const parts = partsOf({ providers, models })
  // A model without a provider would be in no part.
  if (parts.reduce((count, part) => count + part.models.length, 0) !== models.length) return false
  const digests = await Promise.all(parts.map(async (part) => [part.value, await sha256(partText(part))]))
  const { version, etag } = versionOf(await sha256(rootText(Object.fromEntries(digests))))
  return version === says.version && etag === says.etag
}
