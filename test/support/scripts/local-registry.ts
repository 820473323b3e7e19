/** The registry as `npm start` runs it, with its data in a folder that outlives it. */
import { openStorage, writeSecret } from '../../../scripts/start/storage.ts'
import { varsText } from '../../../scripts/start/vars-file.ts'
import { waitUntilReady } from '../../../scripts/start/wait-until-ready.ts'
import { startWrangler } from '../../../scripts/start/wrangler-process.ts'
import { startLocalServer } from '../cli/local-server.ts'

export interface LocalRegistry {
  url: string
  stop(): Promise<void>
}

export async function startLocalRegistry(folder: string, vars: Record<string, string>): Promise<LocalRegistry> {
  const { state, varsFile } = openStorage(folder)
  writeSecret(varsFile, varsText(vars))
  const port = await findFreePort()
  const wrangler = startWrangler({ port, state, varsFile, verbose: false })
  if (await waitUntilReady(port, AbortSignal.timeout(60_000)))
    return { url: `http://127.0.0.1:${port}`, stop: wrangler.stop }
  await wrangler.stop()
  throw new Error(`The registry does not start: ${wrangler.output()}`)
}

async function findFreePort(): Promise<number> {
  const server = await startLocalServer(() => undefined)
  server.close()
  return Number(new URL(server.url).port)
}
