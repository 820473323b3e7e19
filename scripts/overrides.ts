/** Keeps a registry's overrides as files: `bun run overrides pull|push|diff DIR --url URL`. */
import { createInterface } from 'node:readline/promises'
import { runOverrides } from '../src/cli/commands/overrides.ts'
import { runCommand } from '../src/cli/shared/command.ts'
import { paint } from '../src/cli/shared/terminal.ts'

const { stdin: input, stdout: output } = process

await runCommand((args) =>
  runOverrides(args, process.env.ADMIN_TOKEN, {
    print: (text) => console.log(text),
    color: paint,
    ...(input.isTTY && output.isTTY && { confirm }),
  }),
)

async function confirm(question: string): Promise<boolean> {
  const prompt = createInterface({ input, output })
  // Closed by Ctrl-D or Ctrl-C it never answers, which means no.
  const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')))
  const answer = await Promise.race([prompt.question(`${question} [y/N] `), closed])
  prompt.close()
  return /^y(es)?$/i.test(answer.trim())
}
