/** Offers to fill a new registry with the past, which is possible only until its first pull. */
import { type Command, CommandError, type Context } from '../../src/cli/shared/command.ts'
import { fetchStatus, RegistryClient } from '../../src/cli/shared/registry-client.ts'

/** `unknown` where it cannot be asked: it has no address or no token yet, or is not up. */
export type Fill = 'empty' | 'filled' | 'unknown'

export interface Offered {
  url: string | undefined
  token: string | undefined
  /** Runs `backfill` with these options and this environment. */
  backfill: (url: string, env: Context['env']) => ReturnType<Command['run']>
}

const QUESTION =
  'The registry is empty. Fill it with the history of models.dev since June 2025? It cannot be added after the first pull'

/** How full the registry is afterwards. */
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
    // The Worker is deployed all the same, and what is left to do still has to be said.
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
