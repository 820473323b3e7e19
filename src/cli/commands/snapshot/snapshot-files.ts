/** The files of a snapshot as texts: functions of the manifest alone, so that equal content makes equal files. */
import type { Attribution, Manifest } from '../../../core/schema/history.ts'
import { markdown } from './markdown.ts'

export interface SnapshotFiles {
  'version.json': string
  'providers.json': string
  'models.json': string
  'README.md': string
}

export function snapshotFiles({ version, etag, generatedAt, attribution, providers, models }: Manifest): SnapshotFiles {
  return {
    'models.json': jsonLines(models),
    'providers.json': jsonLines(providers),
    'README.md': readme(attribution),
    'version.json': `${JSON.stringify({ version, etag, generatedAt, attribution }, undefined, 2)}\n`,
  }
}

/** A JSON array with each of its members on a line of its own. */
function jsonLines(members: readonly object[]): string {
  return members.length === 0 ? '[]\n' : `[\n${members.map((member) => JSON.stringify(member)).join(',\n')}\n]\n`
}

function readme(attribution: readonly Attribution[]): string {
  return `# Facts about language models

A snapshot of an [LLM Registry](https://github.com/Rettend/llm), written by \`bun run snapshot\`. Do not edit these files: the next one replaces them.

| file | what |
| --- | --- |
| \`models.json\` | every model, one a line; prices in USD per 1M tokens, scores from 0 to 5; an unknown fact is an absent key |
| \`providers.json\` | who makes or serves them, one a line |
| \`version.json\` | which version this is, and its sources |
| \`CHANGES.md\` | what changed from snapshot to snapshot, newest first |

The etag in \`version.json\` is the first half of the SHA-256 of \`{"models":…,"providers":…}\` in canonical JSON ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)), and so anybody can check that these files are what the registry served.

## Attribution

The facts come from these sources. Name them where you show the facts, and read their terms before you pass the facts on:

${attribution.map(({ name, url }) => `- ${markdown(name)}: <${new URL(url).href}>`).join('\n')}
`
}
