/** Options and settings that several commands share, validated. `action` is the verb in messages. */
import { CommandError, type Context } from './command.ts'
import { RegistryClient } from './registry-client.ts'
import { firstToken } from './tokens.ts'

export const DEFAULT_URL = 'http://localhost:8787'

export const URL_OPTION = {
  type: 'string',
  value: 'url',
  description: 'the address of the registry',
  default: DEFAULT_URL,
} as const

/** What the commands of administrators read. */
export const ADMIN_ENVIRONMENT = { ADMIN_TOKEN: 'an admin token of the registry' }
/** What the commands of readers read. */
export const READER_ENVIRONMENT = {
  READ_TOKEN: 'a read token, if reads are not public',
  ADMIN_TOKEN: 'an admin token, used if READ_TOKEN is not set',
}

export function flag<const Text extends string>(description: Text): { type: 'boolean'; description: Text } {
  return { type: 'boolean', description }
}

/** A client for the registry at an address, with an admin token. */
export function adminClient(action: string, url: string, context: Pick<Context, 'env' | 'notes'>): RegistryClient {
  const token = firstToken(context.env, 'ADMIN_TOKEN')
  if (token === undefined) throw new CommandError(`Cannot ${action}: set ADMIN_TOKEN to an admin token of the registry`)
  return connect(action, url, token, context)
}

/** A client for the registry at an address, with a token if there is one. */
export function readerClient(action: string, url: string, context: Pick<Context, 'env' | 'notes'>): RegistryClient {
  const token = firstToken(context.env, 'READ_TOKEN') ?? firstToken(context.env, 'ADMIN_TOKEN')
  return connect(action, url, token, context)
}

function connect(
  action: string,
  address: string,
  token: string | undefined,
  { notes }: Pick<Context, 'notes'>,
): RegistryClient {
  const { origin: url, protocol, hostname } = readUrl(action, address)
  if (token !== undefined && protocol === 'http:' && !LOOPBACK.test(hostname))
    notes.write(`Warning: the token is sent to ${url} without encryption; use https if the registry supports it\n`)
  return new RegistryClient({ url, ...(token !== undefined && { token }) })
}

/** Requests to these hosts do not leave the machine. */
const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/

function readUrl(action: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CommandError(`Cannot ${action}: "${text}" is not a URL such as ${DEFAULT_URL}`)
  if (url.pathname !== '/' || url.search !== '')
    throw new CommandError(`Cannot ${action}: "${text}" has a path, but a registry is served at the root of its host`)
  return url
}

export function readCount(action: string, name: string, text: string, min: number, max: number): number {
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= min && count <= max) return count
  throw new CommandError(`Cannot ${action} with --${name} "${text}": not a whole number from ${min} to ${max}`)
}
