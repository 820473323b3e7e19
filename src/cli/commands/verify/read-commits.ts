/** Reads every commit of a registry's history, page by page. */
import * as z from 'zod'
import { VersionInfo } from '../../../core/schema/history.ts'
import { CommandError } from '../../shared/command.ts'
import type { RegistryClient } from '../../shared/registry-client.ts'

const PAGE = 500
const ACTION = 'Cannot read the history'

/** Oldest first. `onPage` is called with how many have come so far. */
export async function readCommits(client: RegistryClient, onPage?: (commits: number) => void): Promise<VersionInfo[]> {
  const commits: VersionInfo[] = []
  for (;;) {
    const before = commits.at(-1)?.seq
    const page = checkPage(await client.read(ACTION, (registry) => registry.getVersions({ limit: PAGE, before })))
    if (before !== undefined && page.some(({ seq }) => seq >= before))
      throw new CommandError(`${ACTION}: the commits before ${before} include later ones`)
    commits.push(...page)
    onPage?.(commits.length)
    // Not at a short page: a registry may have a lower limit.
    if (page.length === 0 || page.at(-1)?.seq === 1) return commits.reverse()
  }
}

function checkPage(json: unknown): VersionInfo[] {
  const page = z.array(VersionInfo).safeParse(json)
  if (page.success) return page.data
  const issue = page.error.issues[0]
  throw new CommandError(`${ACTION}: ${issue?.path.join('.') || 'a page'}: ${issue?.message}`)
}
