/** Runs a command as its process would, without the process. */
import { runCommand, runProgram } from '../../../src/cli/program/program.ts'
import { PUBLISHED_PROGRAM } from '../../../src/cli/published-commands.ts'
import type { Arguments, Command, Context, Options } from '../../../src/cli/shared/command.ts'

export interface RunResult {
  code: number
  output: string
  /** Progress and warnings. */
  notes: string
}

/** In a log without colours, with the environment and whatever else of the process a test needs. */
export async function run<A extends Arguments, O extends Options>(
  command: Command<A, O>,
  args: string[],
  env: Context['env'] = {},
  others: Partial<Context> = {},
): Promise<RunResult> {
  const { context, written } = testContext(env, others)
  const code = await runCommand(command, args, context)
  return { code, ...written }
}

/** The same for the published program, with the whole command line. */
export async function runPublished(
  args: string[],
  env: Context['env'] = {},
  others: Partial<Context> = {},
): Promise<RunResult> {
  const { context, written } = testContext(env, others)
  const code = await runProgram(PUBLISHED_PROGRAM, args, context)
  return { code, ...written }
}

/** The output is collected. */
export function testContext(
  env: Context['env'] = {},
  others: Partial<Context> = {},
): { context: Context; written: { output: string; notes: string } } {
  const written = { output: '', notes: '' }
  const context: Context = {
    env,
    output: { write: (text) => (written.output += text) },
    notes: { write: (text) => (written.notes += text) },
    paint: (_, text) => text,
    now: Date.now,
    stopSignal: () => new AbortController().signal,
    ...others,
  }
  return { context, written }
}
