/** Runs a command as this process: its arguments, its terminal, its exit code. What stops it is one line on standard error. */
import { createInterface } from 'node:readline/promises'
import { type Command, CommandError, type Context, runCommand } from './command.ts'
import { waitForEnd } from './end-signal.ts'
import { paint } from './terminal.ts'

const { stdin: input, stdout: output, stderr } = process

export async function runProcess(load: () => Promise<Command>, args: string[]): Promise<void> {
  await exitWith(async () => runCommand(await load(), args, processContext()))
}

/** Makes the result the exit code of this process. */
export async function exitWith(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    stderr.write(`${paint('red', error.message, stderr)}\n`)
    process.exitCode = 1
  }
}

function processContext(): Context {
  return {
    env: process.env,
    output,
    paint,
    ...(input.isTTY && output.isTTY && { confirm }),
    now: Date.now,
    stopSignal() {
      const stop = new AbortController()
      void waitForEnd().then(() => stop.abort())
      return stop.signal
    },
  }
}

async function confirm(question: string): Promise<boolean> {
  const prompt = createInterface({ input, output })
  // If it is closed by Ctrl-D or Ctrl-C, there is no answer, which means no.
  const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')))
  const answer = await Promise.race([prompt.question(`${question} [y/N] `), closed])
  prompt.close()
  return /^y(es)?$/i.test(answer.trim())
}
