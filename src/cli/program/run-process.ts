/** Runs a program in this process: its arguments, its terminal, its exit code. A failure is one line on standard error. */
import { createInterface } from 'node:readline/promises'
import { type Command, CommandError, type Context } from '../shared/command.ts'
import { waitForEnd } from '../shared/end-signal.ts'
import { paint } from '../shared/terminal.ts'
import type { Program } from './command-table.ts'
import { runCommand, runProgram } from './program.ts'

const { stdin: input, stdout: output, stderr: notes } = process

export async function runProcess(program: Program): Promise<void> {
  await exitWith(() => runProgram(program, process.argv.slice(2), processContext()))
}

/** The same for a script that is one command. */
export async function runScript(name: string, command: Command): Promise<void> {
  await exitWith(() => runCommand(command, process.argv.slice(2), processContext(), name))
}

async function exitWith(main: () => Promise<number>): Promise<void> {
  for (const stream of [output, notes]) stream.on('error', ignoreClosedPipe)
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    notes.write(`${paint('red', error.message, notes)}\n`)
    process.exitCode = 1
  }
}

/** The reader of the output may exit early, as `head` does. */
function ignoreClosedPipe(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
}

function processContext(): Context {
  return {
    env: process.env,
    output,
    notes,
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
