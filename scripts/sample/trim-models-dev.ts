/**
 * Writes the part of a recorded catalogue of models.dev that the registry reads, or of that only some APIs. The sample's
 * was made with `bun run trim-models-dev api.json.gz alibaba anthropic ... > scripts/sample/models-dev.json`.
 */

import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readJsonFile } from '../../src/cli/shared/files.ts'
import { trimModelsDev } from '../../src/sources/models-dev/read-catalogue.ts'

const HELP = `Usage: bun run trim-models-dev MODELS_DEV [API ...]
   or: npm run trim-models-dev -- MODELS_DEV [API ...]

Writes the part of a recorded catalogue of models.dev (.json or .json.gz) that the registry reads to standard output.
With APIs named (ids of models.dev, such as "openai"), only these.`

export const trim = defineCommand({
  help: HELP,
  options: {},
  async run({ positionals: [path, ...apis] }, { output }) {
    if (path === undefined) throw new CommandError('Cannot trim: name a recorded catalogue of models.dev (see --help)')
    const trimmed = Object.entries(trimModelsDev(await readJsonFile(path)) ?? {})
    const missing = apis.find((api) => !trimmed.some(([id]) => id === api))
    if (missing !== undefined) throw new CommandError(`Cannot trim: the registry reads no API "${missing}"`)
    const kept = trimmed.filter(([id]) => apis.length === 0 || apis.includes(id))
    output.write(`${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`)
    return 0
  },
})
