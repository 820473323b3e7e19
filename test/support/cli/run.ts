/** Runs a command in this process. */
import { runCommand, runProgram } from '../../../src/cli/program/program.ts'
import { PUBLISHED_PROGRAM } from '../../../src/cli/published-commands.ts'
import type { Arguments, Command, Context, Options } from '../../../src/cli/shared/command.ts'

export interface RunResult {
  code: number
  output: string
  /** Progress and warnings. */
  notes: string
}

/** Runs without colours, as in a log, with the environment and other properties of the process that a test sets. */
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

/** Runs the published program with a whole command line. */
export async function runPublished(
  args: string[],
  env: Context['env'] = {},
  others: Partial<Context> = {},
): Promise<RunResult> {
  const { context, written } = testContext(env, others)
  const code = await runProgram(PUBLISHED_PROGRAM, args, context)
  return { code, ...written }
}

/** A context that collects the output. */
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
