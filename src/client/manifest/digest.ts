/** Whether content is what its etag says, by WebCrypto, which browsers withhold from pages without TLS. */
import { canonicalize } from '../../core/canonical.ts'
import type { Manifest } from '../../core/schema/history.ts'
import { versionOf } from '../../core/version.ts'

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
  const { version, etag } = versionOf(await sha256(canonicalize({ models, providers })))
  return version === says.version && etag === says.etag
}
