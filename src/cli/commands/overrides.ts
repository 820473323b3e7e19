/** `overrides`: manages a registry's overrides as files. */
import type { KeyedOverride } from '../../core/overrides/override-schema.ts'
import { CommandError, type Context, defineCommand } from '../shared/command.ts'
import { ADMIN_ENVIRONMENT, adminClient, flag, URL_OPTION } from '../shared/options.ts'
import type { RegistryClient } from '../shared/registry-client.ts'
import { changesManifest, describeChanges, describeOutcome } from './overrides/diff-report.ts'
import { readOverrideFolder, readSoundFiles, writeOverrideFolder } from './overrides/override-folder.ts'
import { findUnknown, nameOf, type PlannedChange, planPush } from './overrides/push-plan.ts'
import { fetchActive, fetchPast, previewChanges, sendChanges } from './overrides/registry-overrides.ts'

/** What `diff` and `push` work on. */
interface Work extends Pick<Context, 'output' | 'paint' | 'confirm'> {
  client: RegistryClient
  folder: string
  all: boolean
}

const DIRECTORY = { description: 'one file <provider>.json for each provider' }
const ALL = flag('also delete the overrides of providers without a file')
const EXAMPLES = ['overrides/ --url https://registry.example.com']
/** For CI: there is something to push. */
const WOULD_CHANGE = 2

export const pullOverrides = defineCommand({
  description: `Writes the active overrides to a directory and keeps the comments in its files. The file of a provider that no
longer has overrides is deleted unless it was changed by hand. Nothing is written if the files have overrides that were
never sent to the registry.`,
  arguments: { directory: DIRECTORY },
  options: { url: URL_OPTION, force: flag('replace overrides that were never sent') },
  environment: ADMIN_ENVIRONMENT,
  examples: EXAMPLES,
  async run({ args: { directory }, values: { url, force } }, context) {
    const { output } = context
    const client = adminClient('pull overrides', url, context)
    const active = await fetchActive(client)
    if (!force) await requireAllSent(client, directory, active)
    for (const { name, fate } of await writeOverrideFolder(directory, active))
      output.write(fate === 'kept' ? `${name} kept: it was changed by hand\n` : `${name} ${fate}\n`)
    output.write(`Wrote ${active.length} active overrides of ${client.url} to ${directory}\n`)
    return 0
  },
})

export const diffOverrides = defineCommand({
  description: 'Shows what a push would change in the public manifest.',
  arguments: { directory: DIRECTORY },
  options: { url: URL_OPTION, all: ALL },
  environment: ADMIN_ENVIRONMENT,
  exitCodes: { 0: 'a push would not change the manifest', [WOULD_CHANGE]: 'a push would change the manifest' },
  examples: EXAMPLES,
  async run({ args: { directory: folder }, values: { url, all } }, context) {
    const client = adminClient('diff overrides', url, context)
    return (await preview({ client, folder, all, ...context })).isPublic ? WOULD_CHANGE : 0
  },
})

export const pushOverrides = defineCommand({
  description: `Shows what would change, asks for confirmation, and sends the differences in one request: all or nothing, as one
commit. Active overrides that are missing from the file of their provider are deleted; providers without a file are
not changed.`,
  arguments: { directory: DIRECTORY },
  options: { url: URL_OPTION, all: ALL, yes: flag('do not ask for confirmation') },
  environment: ADMIN_ENVIRONMENT,
  exitCodes: { 1: 'failed or not confirmed' },
  examples: EXAMPLES,
  async run({ args: { directory: folder }, values: { url, all, yes } }, context) {
    const work = { client: adminClient('push overrides', url, context), folder, all, ...context }
    const { changes } = await preview(work)
    if (changes.length === 0) return 0
    if (!yes && !(await ask('Send them?', work))) {
      context.output.write('Nothing was sent.\n')
      return 1
    }
    context.output.write(`${describeOutcome(await sendChanges(work.client, changes))}\n`)
    return 0
  },
})

/** A file may be of this registry's past: what it had once can be found there. What it never had would be lost. */
async function requireAllSent(client: RegistryClient, folder: string, active: KeyedOverride[]): Promise<void> {
  const files = await readSoundFiles(folder)
  if (findUnknown(files, active).length === 0) return
  const unsent = findUnknown(files, [...active, ...(await fetchPast(client))])
  if (unsent.length === 0) return
  throw new CommandError(
    `Cannot pull overrides: ${folder} has some that were never sent to ${client.url}: ${unsent.map(nameOf).join(', ')}\nPush them first, or use --force to replace them.`,
  )
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
  throw new CommandError(
    'Cannot push overrides: there is no terminal to confirm at (use --yes to push without confirmation)',
  )
}
