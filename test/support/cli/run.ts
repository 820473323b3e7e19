/** Runs a command as its process would, without the process. */
import type { ParseArgsOptionsConfig } from 'node:util'
import { type Command, type Context, runCommand } from '../../../src/cli/shared/command.ts'

export interface Ran {
  code: number
  output: string
}

/** In a log without colours, with the environment and whatever else of the process a test needs. */
export async function run<Options extends ParseArgsOptionsConfig>(
  command: Command<Options>,
  args: string[],
  env: Context['env'] = {},
  others: Partial<Context> = {},
): Promise<Ran> {
  let output = ''
  const context: Context = {
    env,
    output: { write: (text) => (output += text) },
    paint: (_, text) => text,
    now: Date.now,
    stopSignal: () => new AbortController().signal,
    ...others,
  }
  const code = await runCommand(command, args, context)
  return { code, output }
}
