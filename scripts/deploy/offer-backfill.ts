/** Offers to backfill a new registry, which is possible only before its first pull. */
import { type Command, CommandError, type Context } from '../../src/cli/shared/command.ts'
import { fetchStatus, RegistryClient } from '../../src/cli/shared/registry-client.ts'

/** `unknown` if it cannot be reached: it has no URL or no token yet, or is not running. */
export type Fill = 'empty' | 'filled' | 'unknown'

export interface Offered {
  url: string | undefined
  token: string | undefined
  /** Runs `backfill` with these options and this environment. */
  backfill: (url: string, env: Context['env']) => ReturnType<Command['run']>
}

const QUESTION =
  'The registry is empty. Fill it with the history of models.dev since June 2025? It cannot be added after the first pull'

/** Returns the state of the registry afterwards. */
export async function offerBackfill(
  { url, token, backfill }: Offered,
  { env, confirm, output }: Pick<Context, 'env' | 'confirm' | 'output'>,
): Promise<Fill> {
  if (url === undefined || token === undefined) return 'unknown'
  const client = new RegistryClient({ url, token })
  const fill = await fillOf(client)
  if (fill !== 'empty' || !confirm || !(await confirm(QUESTION))) return fill
  try {
    await backfill(url, { ...env, ADMIN_TOKEN: token })
  } catch (error) {
    // The Worker is deployed anyway, and the next steps still have to be printed.
    if (!(error instanceof CommandError)) throw error
    output.write(`${error.message}\n`)
  }
  return fillOf(client)
}

async function fillOf(client: RegistryClient): Promise<Fill> {
  try {
    const { version } = await fetchStatus(client)
    return version === undefined ? 'empty' : 'filled'
  } catch (error) {
    if (error instanceof CommandError) return 'unknown'
    throw error
  }
}
