/** Which registry a command is about, and as whom. `action` is the verb of its messages. */
import { firstAdminToken } from './admin-token.ts'
import { CommandError } from './command.ts'

export const DEFAULT_URL = 'http://localhost:8787'

export interface Target {
  /** Without a path. */
  url: string
  token?: string
}

export function readTarget(action: string, url: string, adminToken: string | undefined): Required<Target> {
  const token = firstAdminToken(adminToken)
  if (token === undefined) throw new CommandError(`Cannot ${action}: set ADMIN_TOKEN to a token of the registry`)
  return { url: readUrl(action, url), token }
}

export function readUrl(action: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CommandError(`Cannot ${action}: "${text}" is not a URL such as ${DEFAULT_URL}`)
  if (url.pathname !== '/' || url.search !== '')
    throw new CommandError(`Cannot ${action}: "${text}" has a path, and a registry answers at the root of its host`)
  return url.origin
}

/** The one file that a command is about. */
export function readFileName(action: string, positionals: string[]): string {
  const [file, ...others] = positionals
  if (file !== undefined && others.length === 0) return file
  throw new CommandError(`Cannot ${action}: name one file (see --help)`)
}
