/** The text of docs/commands.md, made of the commands themselves. */

import type { CommandTable, Program } from '../../src/cli/program/command-table.ts'
import { runProgram } from '../../src/cli/program/program.ts'
import { PUBLISHED_PROGRAM } from '../../src/cli/published-commands.ts'
import type { Context } from '../../src/cli/shared/command.ts'
import { REPOSITORY_COMMANDS, REPOSITORY_PROGRAM } from '../repository-commands.ts'

const INTRODUCTION = `# Commands

This page is written by \`npm run docs\` from the help of the commands.

\`llm-registry\` works with every registry whose address you have. It is one file without dependencies in the package
\`@rttnd/llm\`, for Node.js 20 or later. The package is not on npm yet: \`npm run pack\` in a clone of this repository writes
\`dist/rttnd-llm-<version>.tgz\`, which \`npm install\` takes. In the app that installed it:

\`\`\`sh
npx llm-registry verify --url https://registry.example.com
\`\`\`

In a clone the same commands and more are run as \`npm run registry -- <command>\`, by the Node.js that is installed with the
project. Write \`--\` before what is for the command: npm takes options for its own otherwise, and the command then refuses
to run. Bun needs none: \`bun run registry <command>\`.

- **Tokens** come from the environment: \`ADMIN_TOKEN\`, and \`READ_TOKEN\` where reads are not public. A warning is printed when
  one is sent to another host over plain \`http:\`. A redirect is not followed.
- **Output** is the result. Progress, warnings and errors are on standard error; progress and colours are on terminals only,
  and \`NO_COLOR\` turns colours off.
- **Exit codes:** 0 is done, 1 is failed, with the reason on standard error. A command that has more says so below.
- **Options and commands** that do not exist are refused, with the nearest that does. \`--help\` prints what is below, and does
  nothing else.
`

/** What package.json has beside the commands. */
export const SCRIPTS: Record<string, string> = {
  dev: 'run the Worker under `wrangler dev`, for work on it',
  test: 'install what tests need, and run every test',
  check: 'check everything else: types, format, unused code, import arrows, migrations, the package',
  format: 'format the code',
  types: 'write the types of the bindings, after a change of `wrangler.toml`',
  migrations: 'write the migration that a change of the tables needs',
  docs: 'write this page',
  'build:client': 'build what is published, the client and the command, into `dist/`',
  pack: 'build it, and write the tarball that npm can install',
}

export async function commandsDocument(): Promise<string> {
  const repository = { ...REPOSITORY_PROGRAM, commands: REPOSITORY_COMMANDS }
  return [
    INTRODUCTION,
    '## For every registry\n',
    tableOf(PUBLISHED_PROGRAM),
    '## In a clone\n',
    tableOf(repository),
    `Other scripts:\n\n${rowsOf(Object.entries(SCRIPTS).map(([name, text]) => [name === 'test' ? 'npm test' : `npm run ${name}`, text]))}`,
    '## Help\n',
    ...(await helpOf(PUBLISHED_PROGRAM)),
    ...(await helpOf(repository)),
  ].join('\n')
}

interface Leaf {
  /** As they are typed after the name of the program. */
  names: string[]
  /** As it is typed. */
  path: string
  summary: string
}

function leavesOf({ name: program, commands }: Program): Leaf[] {
  const visit = (table: CommandTable, before: string[]): Leaf[] =>
    Object.entries(table).flatMap(([name, entry]) => {
      const names = [...before, name]
      if ('commands' in entry) return visit(entry.commands, names)
      return [{ names, path: entry.runAs ?? [program, ...names].join(' '), summary: entry.summary }]
    })
  return visit(commands, [])
}

function tableOf(program: Program): string {
  return rowsOf(leavesOf(program).map(({ path, summary }) => [path.replace(/ --$/, ''), summary]))
}

function rowsOf(rows: [command: string, text: string][]): string {
  return ['| command | does |', '| --- | --- |', ...rows.map(([name, text]) => `| \`${name}\` | ${text} |`), ''].join(
    '\n',
  )
}

async function helpOf(program: Program): Promise<string[]> {
  const sections: string[] = []
  for (const { names, path } of leavesOf(program)) {
    let help = ''
    const context: Context = { ...SILENT, output: { write: (text) => (help += text) } }
    await runProgram(program, [...names, '--help'], context)
    sections.push(`### \`${path.replace(/ --$/, '')}\`\n\n\`\`\`text\n${help}\`\`\`\n`)
  }
  return sections
}

/** Help needs nothing of it. */
const SILENT: Omit<Context, 'output'> = {
  env: {},
  notes: { write: () => undefined },
  paint: (_, text) => text,
  now: Date.now,
  stopSignal: () => new AbortController().signal,
}
