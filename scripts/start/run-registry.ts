/** Runs the registry: the Worker under wrangler and, for the sample, a server for its sources. */
import { setTimeout as wait } from 'node:timers/promises'
import { CommandError } from '../../src/cli/shared/command.ts'
import { waitForEnd } from '../../src/cli/shared/end-signal.ts'
import { startSampleServer } from '../sample/sample-server.ts'
import type { StartPlan } from './start-plan.ts'
import { removeFile, type Storage, writeSecret } from './storage.ts'
import { varsText } from './vars-file.ts'
import { waitUntilReady } from './wait-until-ready.ts'
import { startWrangler, type Wrangler } from './wrangler-process.ts'

const LOG_LIMIT_MS = 5000
const LOG_POLL_MS = 100
const REASONS = { broken: 'wrangler exited', silent: 'it does not respond' }

export interface Running {
  /** Starts serving the sample's sources, if there are any. */
  openSample(): void
}

export interface RunOptions {
  plan: StartPlan
  storage: Storage
  adminToken: string
  verbose: boolean
}

/** Runs until the process receives a signal; `use` is called once the registry responds. Stops all processes at the end. */
export async function runRegistry(options: RunOptions, use: (running: Running) => Promise<void>): Promise<void> {
  const { plan, storage, adminToken, verbose } = options
  const asked = waitForEnd()
  const sample = plan.mode === 'sample' ? await startSampleServer() : undefined
  const sources = sample && { MODELS_DEV_URL: sample.modelsDevUrl, EPOCH_URL: sample.epochUrl }
  const vars = { ...plan.vars, ADMIN_TOKEN: plan.vars.ADMIN_TOKEN || adminToken, ...sources }
  writeSecret(storage.varsFile, varsText(vars))
  const wrangler = startWrangler({ port: plan.port, state: storage.state, varsFile: storage.varsFile, verbose })
  const ending = new AbortController()
  // The last resort, for an error that nothing below catches.
  process.once('exit', wrangler.kill)
  try {
    const end = Promise.race([asked.then(() => 'asked' as const), wrangler.ended.then(() => 'broken' as const)])
    const used = useWhenReady(plan.port, ending.signal, () => use({ openSample: () => sample?.open() })).catch(
      async (error) => {
        if (!verbose && !ending.signal.aborted) console.error(await outputWithError(wrangler))
        throw error
      },
    )
    const how = await Promise.race([end, used.then((isReady) => (isReady ? end : 'silent'))])
    if (how === 'asked') return
    if (!verbose) console.error(wrangler.output())
    throw new CommandError(`Cannot run the registry: ${REASONS[how]} (see the output above)`)
  } finally {
    ending.abort()
    await wrangler.stop()
    process.off('exit', wrangler.kill)
    removeFile(storage.varsFile)
    await sample?.close()
  }
}

async function useWhenReady(port: number, signal: AbortSignal, use: () => Promise<void>): Promise<boolean> {
  const isReady = await waitUntilReady(port, signal)
  if (isReady) await use()
  return isReady
}

/** Of a request that failed, the registry answers that the reason is in its log, where wrangler writes it a little later. */
async function outputWithError(wrangler: Wrangler): Promise<string> {
  const deadline = Date.now() + LOG_LIMIT_MS
  while (!wrangler.output().includes('ERROR') && Date.now() < deadline) await wait(LOG_POLL_MS)
  return wrangler.output()
}
