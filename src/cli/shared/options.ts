/** Options and arguments that several commands have, checked. `action` is the verb of the messages. */
import { CommandError, type Context } from './command.ts'
import { RegistryClient } from './registry-client.ts'
import { firstToken } from './tokens.ts'

export const DEFAULT_URL = 'http://localhost:8787'

export const URL_OPTION = { type: 'string', default: DEFAULT_URL } as const
export const FLAG = { type: 'boolean', default: false } as const

/** The registry at a URL, as its administrator. */
export function adminClient(action: string, url: string, env: Context['env']): RegistryClient {
  const token = firstToken(env, 'ADMIN_TOKEN')
  if (token === undefined) throw new CommandError(`Cannot ${action}: set ADMIN_TOKEN to a token of the registry`)
  return new RegistryClient({ url: readUrl(action, url), token })
}

/** The registry at a URL, with a token if there is one. */
export function readerClient(action: string, url: string, token: string | undefined): RegistryClient {
  return new RegistryClient({ url: readUrl(action, url), ...(token !== undefined && { token }) })
}

function readUrl(action: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CommandError(`Cannot ${action}: "${text}" is not a URL such as ${DEFAULT_URL}`)
  if (url.pathname !== '/' || url.search !== '')
    throw new CommandError(`Cannot ${action}: "${text}" has a path, and a registry answers at the root of its host`)
  return url.origin
}

/** The one argument of a command; `what` describes it. */
export function readArgument(action: string, positionals: string[], what = 'one file'): string {
  const [argument, ...others] = positionals
  if (argument !== undefined && others.length === 0) return argument
  throw new CommandError(`Cannot ${action}: name ${what} (see --help)`)
}

export function refuseArguments(action: string, [argument]: string[]): void {
  if (argument !== undefined) throw new CommandError(`Cannot ${action}: unknown argument "${argument}" (see --help)`)
}

export function readCount(action: string, name: string, text: string, min: number, max: number): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= min && count <= max) return count
  throw new CommandError(`Cannot ${action} with --${name} "${text}": not a whole number from ${min} to ${max}`)
}
