import { describe, expect, it } from 'vitest'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { run } from '../support/cli/run.ts'

const greet = defineCommand({
  help: 'Usage: greet NAME',
  options: { times: { type: 'string', default: '1' } },
  async run({ values, positionals: [name] }, { output }) {
    output.write(`Hello ${name}\n`.repeat(readCount('greet', 'times', values.times, 1, 3)))
    return 7
  },
})

describe('runCommand()', () => {
  it('gives a command its options and arguments, and returns its exit code', async () => {
    expect(await run(greet, ['you', '--times', '2'])).toEqual({ code: 7, output: 'Hello you\nHello you\n' })
  })

  it('prints the help in place of running the command', async () => {
    expect(await run(greet, ['you', '--help'])).toEqual({ code: 0, output: 'Usage: greet NAME\n' })
  })

  it('refuses an unknown option, except for a command that passes it on', async () => {
    const message = 'Cannot read the command line: Unknown option "--fast" (see --help)'
    await expect(run(greet, ['--fast'])).rejects.toThrow(new CommandError(message))
    expect((await run({ ...greet, isWrapper: true }, ['you', '--fast'])).code).toBe(7)
  })
})

describe('readCount()', () => {
  it.each(['0', '4', '1.5', 'many', ''])('refuses "%s"', (text) => {
    expect(() => readCount('greet', 'times', text, 1, 3)).toThrow(
      `Cannot greet with --times "${text}": not a whole number from 1 to 3`,
    )
  })
})
