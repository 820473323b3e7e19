/** Backups as text: taken from a registry, split into parts, and rewritten with a matching closing line. */
import { expect } from 'vitest'
import { linkOf } from '../../../src/core/records/backup-format.ts'
import type { Registry } from '../../../src/registry/registry.ts'
import { sha256 } from '../../../src/registry/store/sha256.ts'

export type Json = Record<string, unknown>
export interface RowLine {
  table: string
  row: Json
}

export async function backupOf(registry: Registry, payloads = false): Promise<string> {
  const exported = registry.export(payloads)
  if (!exported.ok) throw new Error(exported.failure.detail)
  return new Response(exported.value).text()
}

export const linesOf = (backup: string): string[] => backup.slice(0, -1).split('\n')
export const textOf = (lines: string[]): string => lines.map((line) => `${line}\n`).join('')

/** The lines in about this many parts. */
export function partsOf(backup: string, count: number): string[] {
  const lines = linesOf(backup)
  const size = Math.ceil(lines.length / count)
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, index) =>
    textOf(lines.slice(index * size, (index + 1) * size)),
  )
}

/** The rows of each table, without the header and the closing line. */
export function rowsByTable(backup: string): Record<string, Json[]> {
  const lines: Partial<RowLine>[] = linesOf(backup).map((line) => JSON.parse(line))
  const tables: Record<string, Json[]> = {}
  for (const { table, row } of lines) if (table && row) tables[table] = [...(tables[table] ?? []), row]
  return tables
}

/** A backup of these lines with a matching closing line, as only its author can make. */
export function relinked(lines: (string | object)[]): string {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
  const digest = texts.reduce((link, text) => linkOf(link, text, sha256), '')
  return textOf([...texts, JSON.stringify({ lines: texts.length, digest })])
}

/** The same backup with other rows and a new closing line. */
export function rewritten(backup: string, change: (rows: RowLine[], header: Json) => (string | object)[]): string {
  const [header = '', ...rest] = linesOf(backup).slice(0, -1)
  return relinked(
    change(
      rest.map((line) => JSON.parse(line)),
      JSON.parse(header),
    ),
  )
}

/** Restores all parts and expects the registry to be usable after the last. */
export function restoreParts(registry: Registry, parts: string[]): void {
  for (const [index, part] of parts.entries()) {
    const result = registry.restore(index + 1, part)
    expect(result, `part ${index + 1}`).toMatchObject({ ok: true })
  }
  expect(isRestoring(registry)).toBe(false)
}

export function isRestoring(registry: Registry): boolean {
  return registry.status().warnings.some(({ code }) => code === 'restoring')
}
