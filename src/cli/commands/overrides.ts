/** The whole of `overrides` but for the process around it: options in, an exit code and what to print out. */
import { CommandError } from '../shared/command.ts'
import { createRegistryClient, type RegistryClient } from '../shared/registry-client.ts'
import { changesManifest, describeChanges, describeOutcome, type Paint } from './overrides/diff-report.ts'
import { readOverrideFolder, writeOverrideFolder } from './overrides/override-folder.ts'
import { OVERRIDES_HELP, type OverridesOptions, readOverridesOptions } from './overrides/overrides-options.ts'
import { type PlannedChange, planPush } from './overrides/push-plan.ts'
import { fetchActive, previewChanges, sendChanges } from './overrides/registry-overrides.ts'

/** Tells CI that there is something to push. */
const WOULD_CHANGE = 2

export interface Terminal {
  print(text: string): void
  color: Paint
  /** Absent where there is nobody to ask. */
  confirm?: (question: string) => Promise<boolean>
}

export async function runOverrides(
  args: string[],
  adminToken: string | undefined,
  terminal: Terminal,
): Promise<number> {
  const options = readOverridesOptions(args, adminToken)
  if (options === undefined) {
    terminal.print(OVERRIDES_HELP)
    return 0
  }
  const client = createRegistryClient(options.target.url, options.target.token)
  switch (options.action) {
    case 'pull':
      return pull(client, options, terminal)
    case 'diff':
      return (await preview(client, options, terminal)).changesManifest ? WOULD_CHANGE : 0
    case 'push':
      return push(client, options, terminal)
  }
}

async function pull(
  client: RegistryClient,
  { folder, target }: OverridesOptions,
  { print }: Terminal,
): Promise<number> {
  const active = await fetchActive(client)
  for (const { name, fate } of await writeOverrideFolder(folder, active))
    print(fate === 'kept' ? `${name} kept: it is not as pull writes it` : `${name} ${fate}`)
  print(`Active overrides of ${target.url}, now in ${folder}: ${active.length}`)
  return 0
}

interface Preview {
  changes: PlannedChange[]
  changesManifest: boolean
}

async function preview(
  client: RegistryClient,
  { folder, target, all }: OverridesOptions,
  { print, color }: Terminal,
): Promise<Preview> {
  const files = await readOverrideFolder(folder)
  const changes = planPush(files, await fetchActive(client), { all })
  print(`Files in ${folder}: ${files.length}; overrides that differ from those of ${target.url}: ${changes.length}`)
  if (changes.length === 0) return { changes, changesManifest: false }
  const diff = await previewChanges(client, changes)
  print(describeChanges(changes, diff, color))
  return { changes, changesManifest: changesManifest(diff) }
}

async function push(client: RegistryClient, options: OverridesOptions, terminal: Terminal): Promise<number> {
  const { changes } = await preview(client, options, terminal)
  if (changes.length === 0) return 0
  if (!options.yes && !(await ask('Send them?', terminal))) {
    terminal.print('Nothing is sent.')
    return 1
  }
  terminal.print(describeOutcome(await sendChanges(client, changes)))
  return 0
}

function ask(question: string, { confirm }: Terminal): Promise<boolean> {
  if (confirm) return confirm(question)
  throw new CommandError('Cannot push overrides: there is no terminal to ask at, and nothing is sent: --yes sends them')
}
