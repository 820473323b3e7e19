/** A backup in the form that a registry writes: a header, rows, and a matching closing line. */

import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { linkOf } from '../../../src/core/records/backup-format.ts'

export function backupText({ rows = 3, seq = 7, format = 'llm-registry-backup', formatVersion = 1 } = {}): string {
  const header = { format, formatVersion, exportedAt: '2026-10-01T02:00:00.000Z', seq, payloads: false }
  const names = Array.from({ length: rows }, (_, number) => ({ creator_id: `creator ${number}`, provider: 'Mäker 智' }))
  const lines = [header, ...names.map((row) => ({ table: 'creator_providers', row }))].map((line) =>
    JSON.stringify(line),
  )
  const digest = lines.reduce((link, line) => linkOf(link, line, sha256), '')
  return [...lines, JSON.stringify({ lines: lines.length, digest }), ''].join('\n')
}
