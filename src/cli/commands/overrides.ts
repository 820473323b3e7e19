/** `overrides`: keeps a registry's overrides as files. */
import { CommandError, type Context, defineCommand } from '../shared/command.ts'
import { adminClient, DEFAULT_URL, FLAG, readArgument, URL_OPTION } from '../shared/options.ts'
import type { RegistryClient } from '../shared/registry-client.ts'
import { changesManifest, describeChanges, describeOutcome } from './overrides/diff-report.ts'
import { readOverrideFolder, writeOverrideFolder } from './overrides/override-folder.ts'
import { type PlannedChange, planPush } from './overrides/push-plan.ts'
import { fetchActive, previewChanges, sendChanges } from './overrides/registry-overrides.ts'

const HELP = `Usage: bun run overrides pull|push|diff DIR [--url URL] [--all] [--yes]
   or: npm run overrides -- pull|push|diff DIR [--url URL] [--all] [--yes]

Keeps a registry's overrides as files, one DIR/<provider>.json for each provider. The token is read from ADMIN_TOKEN.

  pull   writes the active overrides into DIR; comments in its files stay, and files of providers that have no
         overrides any more are removed if they are as pull writes them
  diff   shows what push would change in the public manifest; exit code 2 when it would change it, 0 when not
  push   shows the same, asks, and sends what differs in one request: all or nothing, one version. Overrides that are
         active but not in the file of their provider are taken back; providers without a file are left alone

  --url URL   where the registry is (default: ${DEFAULT_URL})
  --all       with diff and push: take back the overrides of providers without a file too
  --yes       with push: do not ask
  --help      show this text`

/** For CI: there is something to push. */
const WOULD_CHANGE = 2

/** What an action works on. */
interface Work extends Pick<Context, 'output' | 'paint' | 'confirm'> {
  client: RegistryClient
  folder: string
  all: boolean
  yes: boolean
}

const ACTIONS = { pull, push, diff: async (work: Work) => ((await preview(work)).isPublic ? WOULD_CHANGE : 0) }

export const overrides = defineCommand({
  help: HELP,
  options: { url: URL_OPTION, all: FLAG, yes: FLAG },
  async run({ values: { url, all, yes }, positionals: [word = '', ...names] }, { env, ...terminal }) {
    if (!isAction(word)) throw new CommandError('Cannot run overrides: say pull, push or diff (see --help)')
    const folder = readArgument(`${word} overrides`, names, 'one folder')
    const client = adminClient(`${word} overrides`, url, env)
    return ACTIONS[word]({ client, folder, all, yes, ...terminal })
  },
})

function isAction(word: string): word is keyof typeof ACTIONS {
  return Object.hasOwn(ACTIONS, word)
}

async function pull({ client, folder, output }: Work): Promise<number> {
  const active = await fetchActive(client)
  for (const { name, fate } of await writeOverrideFolder(folder, active))
    output.write(fate === 'kept' ? `${name} kept: it is not as pull writes it\n` : `${name} ${fate}\n`)
  output.write(`Active overrides of ${client.url}, now in ${folder}: ${active.length}\n`)
  return 0
}

async function push(work: Work): Promise<number> {
  const { client, yes, output } = work
  const { changes } = await preview(work)
  if (changes.length === 0) return 0
  if (!yes && !(await ask('Send them?', work))) {
    output.write('Nothing is sent.\n')
    return 1
  }
  output.write(`${describeOutcome(await sendChanges(client, changes))}\n`)
  return 0
}

interface Preview {
  changes: PlannedChange[]
  /** Whether the changes would change the manifest. */
  isPublic: boolean
}

async function preview({ client, folder, all, output, paint }: Work): Promise<Preview> {
  const files = await readOverrideFolder(folder)
  const changes = planPush(files, await fetchActive(client), { all })
  output.write(
    `Files in ${folder}: ${files.length}; overrides that differ from those of ${client.url}: ${changes.length}\n`,
  )
  if (changes.length === 0) return { changes, isPublic: false }
  const diff = await previewChanges(client, changes)
  output.write(`${describeChanges(changes, diff, paint)}\n`)
  return { changes, isPublic: changesManifest(diff) }
}

function ask(question: string, { confirm }: Work): Promise<boolean> {
  if (confirm) return confirm(question)
  throw new CommandError('Cannot push overrides: there is no terminal to ask at, and nothing is sent: --yes sends them')
}
