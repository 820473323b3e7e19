/** Reads every row of a registry's history, page by page as its `Link` headers name them. */
import * as z from 'zod'
import { VersionInfo } from '../../../core/schema/history.ts'
import { CommandError } from '../../shared/command.ts'
import { refusalOf, requestRegistry } from '../../shared/registry-request.ts'
import type { Target } from '../../shared/target-options.ts'

const FIRST_PAGE = '/v1/versions?limit=500'

/** Oldest first. `onPage` is told how many rows have come so far. */
export async function readRows(target: Target, onPage?: (rows: number) => void): Promise<VersionInfo[]> {
  const rows: VersionInfo[] = []
  const seen = new Set<string>()
  let path: string | undefined = FIRST_PAGE
  while (path !== undefined) {
    if (seen.has(path)) throw new CommandError(`Cannot read the history: ${path} names itself as the page after it`)
    seen.add(path)
    const response: Response = await requestRegistry(target, path)
    if (!response.ok) throw new CommandError(`Cannot read the history: ${await refusalOf(response)}`)
    rows.push(...(await readPage(response)))
    onPage?.(rows.length)
    path = nextPage(response.headers.get('link'), path)
  }
  return rows.reverse()
}

async function readPage(response: Response): Promise<VersionInfo[]> {
  const page = z.array(VersionInfo).safeParse(await response.json().catch(() => undefined))
  if (page.success) return page.data
  const issue = page.error.issues[0]
  throw new CommandError(`Cannot read the history: ${issue?.path.join('.') || 'a page'}: ${issue?.message}`)
}

/** Path and query only: the registry that was asked for is the one that is verified, whatever a link says. */
function nextPage(link: string | null, path: string): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1]
  if (target === undefined) return undefined
  const { pathname, search } = new URL(target, new URL(path, 'http://registry.invalid'))
  return pathname + search
}
