/** Reads every row of a registry's history, page by page. */
import * as z from 'zod'
import { VersionInfo } from '../../../core/schema/history.ts'
import { CommandError } from '../../shared/command.ts'
import type { RegistryClient } from '../../shared/registry-client.ts'

const PAGE = 500
const ACTION = 'Cannot read the history'

/** Oldest first. `onPage` is called with how many rows have come so far. */
export async function readRows(client: RegistryClient, onPage?: (rows: number) => void): Promise<VersionInfo[]> {
  const rows: VersionInfo[] = []
  for (;;) {
    const before = rows.at(-1)?.seq
    const page = checkPage(await client.read(ACTION, (registry) => registry.getVersions({ limit: PAGE, before })))
    if (before !== undefined && page.some(({ seq }) => seq >= before))
      throw new CommandError(`${ACTION}: the rows before row ${before} include later ones`)
    rows.push(...page)
    onPage?.(rows.length)
    // Not at a short page: a registry may have a lower limit.
    if (page.length === 0 || page.at(-1)?.seq === 1) return rows.reverse()
  }
}

function checkPage(json: unknown): VersionInfo[] {
  const page = z.array(VersionInfo).safeParse(json)
  if (page.success) return page.data
  const issue = page.error.issues[0]
  throw new CommandError(`${ACTION}: ${issue?.path.join('.') || 'a page'}: ${issue?.message}`)
}
