/** The text of docs/commands.md, generated from the commands. */

import type { CommandTable, Program } from '../../src/cli/program/command-table.ts'
import { runProgram } from '../../src/cli/program/program.ts'
import { PUBLISHED_PROGRAM } from '../../src/cli/published-commands.ts'
import type { Context } from '../../src/cli/shared/command.ts'
import { REPOSITORY_COMMANDS, REPOSITORY_PROGRAM } from '../repository-commands.ts'

const INTRODUCTION = `# Commands

\`npm run docs\` generates this page from the help of the commands.

\`llm-registry\` works with any registry. It is a single file without dependencies in the package \`@rttnd/llm\`, for Node.js 20
or later. The package is not on npm yet: in a clone of this repository, \`npm run pack\` writes
\`dist/rttnd-llm-<version>.tgz\`. Install that file with \`npm install\` in your app, then run:

\`\`\`sh
npx llm-registry verify --url https://registry.example.com
\`\`\`

In a clone, run the same commands, and more, as \`npm run registry -- <command>\`. They use the Node.js that is installed with
the project. The \`--\` is required: without it, npm consumes the options, and the command refuses to run. With Bun it is not
needed: \`bun run registry <command>\`.

- **Tokens** come from the environment: \`ADMIN_TOKEN\`, and \`READ_TOKEN\` if reads are not public. Sending a token to another
  host over plain \`http:\` prints a warning. Redirects are not followed.
- **Output:** results go to standard output; progress, warnings and errors go to standard error. Progress and colours appear
  only on a terminal, and \`NO_COLOR\` disables colours.
- **Exit codes:** 0 means done, and 1 means failed, with the reason on standard error. Further codes are listed below.
- **Unknown options and commands** are refused, with a suggestion. \`--help\` prints the help below.
`

/** The other scripts in package.json. */
export const SCRIPTS: Record<string, string> = {
  dev: 'run the Worker under `wrangler dev`, for development',
  test: 'install the dependencies of the tests, and run all tests',
  check: 'run all other checks: types, format, unused code, imports, migrations, the package',
  format: 'format the code',
  types: 'generate the types of the bindings after a change of `wrangler.toml`',
  migrations: 'generate a migration after a change of the tables',
  docs: 'generate this page',
  'build:client': 'build the published package, the client and the command, into `dist/`',
  pack: 'build the package and write it as a tarball',
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
  return [
    '| command | description |',
    '| --- | --- |',
    ...rows.map(([name, text]) => `| \`${name}\` | ${text} |`),
    '',
  ].join('\n')
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

/** Help uses nothing of it. */
const SILENT: Omit<Context, 'output'> = {
  env: {},
  notes: { write: () => undefined },
  paint: (_, text) => text,
  now: Date.now,
  stopSignal: () => new AbortController().signal,
}
