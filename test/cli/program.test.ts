import { describe, expect, it } from 'vitest'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { VERSION } from '../../src/cli/version.ts'
import { run, runPublished } from '../support/cli/run.ts'

const greet = defineCommand({
  description: 'Greets\nsomeone.\n\nIt is polite.',
  arguments: {
    name: { description: 'who is greeted' },
    others: { description: 'more', isOptional: true, isRepeated: true },
  },
  options: {
    times: { type: 'string', value: 'number', description: 'how often', default: '1', short: 't' },
    'in-capitals': { type: 'boolean', description: 'loudly' },
    language: { type: 'string', value: 'name', description: 'which language' },
  },
  environment: { GREETING: 'what is said' },
  exitCodes: { 7: 'greeted' },
  examples: ['you --times 2'],
  async run({ args: { name, others }, values }, { output }) {
    const text = `Hello ${[name, ...others].join(', ')} ${values.language}\n`
    const times = readCount('greet', 'times', values.times, 1, 3)
    output.write((values['in-capitals'] ? text.toUpperCase() : text).repeat(times))
    return 7
  },
})

const HELP = `Usage: command [options] <name> [others...]

Greets someone.

It is polite.

Arguments:
  name                  who is greeted
  others                more

Options:
  -t, --times <number>  how often (default: "1")
  --in-capitals         loudly
  --language <name>     which language
  -h, --help            print this help

Environment:
  GREETING  what is said

Exit codes:
  0  done
  1  failed; the reason is on standard error
  7  greeted

Examples:
  command you --times 2
`

describe('runCommand()', () => {
  it('passes a command its options and arguments, and returns its exit code', async () => {
    expect(await run(greet, ['you'])).toEqual({ code: 7, output: 'Hello you undefined\n', notes: '' })
    expect((await run(greet, ['you', 'me', '-t', '2', '--language=fr'])).output).toBe('Hello you, me fr\n'.repeat(2))
    expect((await run(greet, ['--in-capitals', 'you'])).output).toBe('HELLO YOU UNDEFINED\n')
  })

  it.each(['--help', '-h'])('prints the help with %s instead of running the command', async (option) => {
    expect(await run(greet, ['you', option])).toEqual({ code: 0, output: HELP, notes: '' })
  })

  it('prints the help in colour on a terminal that has colours', async () => {
    let help = ''
    const output = { write: (text: string) => (help += text), hasColors: () => true }
    await run(greet, ['--help'], {}, { output })
    expect(help).toContain('\x1b[1mUsage:\x1b[22m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(help.replaceAll(/\x1b\[\d+m/g, '')).toBe(HELP)
  })

  it.each([
    [['you', '--in-capital'], 'unknown option "--in-capital", did you mean --in-capitals?'],
    [['you', '--fast'], 'unknown option "--fast"'],
    [['you', '--times'], 'option "-t, --times <number>" argument missing'],
    [[], 'missing required argument "name"'],
  ])('refuses %j', async (args, complaint) => {
    const message = `Cannot read the command line: ${complaint} (see --help)`
    await expect(run(greet, args)).rejects.toThrow(new CommandError(message))
  })

  it('passes unknown options on, for a command that wraps another', async () => {
    const wrapper = defineCommand({
      description: 'Wraps.',
      options: { own: { type: 'boolean', description: 'its own' } },
      isWrapper: true,
      run: async ({ rest, values }, { output }) => (output.write(`${JSON.stringify([rest, values])}\n`) ? 0 : 1),
    })
    const { output } = await run(wrapper, ['--fast', '--own', 'a', '--define', 'b'])
    expect(JSON.parse(output)).toEqual([['--fast', '--own', 'a', '--define', 'b'], { own: true }])
  })
})

describe('a command under npm', () => {
  const start = { npm_command: 'start', npm_lifecycle_event: 'start' }

  it.each([
    ['npm_config_in_capitals', 'true', 'npm consumed --in-capitals; write "--" before it: command --in-capitals'],
    ['npm_config_times', '2', 'npm consumed --times; write "--" before it: command --times <number>'],
  ])('refuses to run without an option that npm has consumed: %s', async (name, value, complaint) => {
    const message = `Cannot read the command line: ${complaint}`
    await expect(run(greet, ['you'], { ...start, [name]: value })).rejects.toThrow(new CommandError(message))
  })

  it('refuses it before reading the value that npm leaves behind as an argument', async () => {
    const npm = { ...start, npm_config_out: 'true' }
    await expect(runPublished(['snapshot', 'public'], npm)).rejects.toThrow(
      'npm consumed --out; write "--" before it: llm-registry snapshot --out <directory>',
    )
  })

  it('runs if npm has consumed no option, and under npx, which passes options on', async () => {
    expect((await run(greet, ['you'], { ...start, npm_config_times: '', npm_config_yes: 'true' })).code).toBe(7)
    expect((await run(greet, ['you'], { npm_command: 'exec', npm_config_times: '2' })).code).toBe(7)
  })
})

describe('runProgram()', () => {
  it('lists its commands, and prints its version', async () => {
    const { code, output } = await runPublished(['--help'])
    expect(code).toBe(0)
    expect(output).toMatch(/^Usage: llm-registry \[options\] \[command\]\n/)
    expect(output).toMatch(/\n {2}backup +write everything that a registry stores to a file\n/)
    expect(await runPublished(['--version'])).toEqual({ code: 0, output: `${VERSION}\n`, notes: '' })
  })

  it.each([
    ['backup', '--help'],
    ['help', 'backup'],
  ])('prints the help of a command by %s %s', async (...args) => {
    expect((await runPublished(args)).output).toMatch(/^Usage: llm-registry backup \[options\] <file>\n/)
  })

  it('prints the help of a group, on standard error if the group is named without a command', async () => {
    expect((await runPublished(['overrides', '--help'])).output).toMatch(/^Usage: llm-registry overrides .*\n/)
    expect(await runPublished(['overrides'])).toMatchObject({
      code: 1,
      output: '',
      notes: expect.stringMatching(/^Usage: llm-registry overrides /),
    })
    expect((await runPublished([])).notes).toMatch(/^Usage: llm-registry /)
  })

  it('refuses an unknown command and suggests the nearest', async () => {
    const message = 'Cannot read the command line: unknown command "bakcup", did you mean backup? (see --help)'
    await expect(runPublished(['bakcup', 'file'])).rejects.toThrow(new CommandError(message))
  })
})

describe('readCount()', () => {
  it.each(['0', '4', '1.5', 'many', '', ' 2', '0x2'])('refuses "%s"', (text) => {
    expect(() => readCount('greet', 'times', text, 1, 3)).toThrow(
      `Cannot greet with --times "${text}": not a whole number from 1 to 3`,
    )
  })
})
