/** The files of a snapshot as texts: functions of the manifest alone, so that equal content results in equal files. */
import type { Attribution, Manifest } from '../../../core/schema/history.ts'
import { markdown } from './markdown.ts'

export interface SnapshotFiles {
  'version.json': string
  'providers.json': string
  'models.json': string
  'README.md': string
}

export function snapshotFiles({ providers, models, ...head }: Manifest): SnapshotFiles {
  return {
    'models.json': jsonLines(models),
    'providers.json': jsonLines(providers),
    'README.md': readme(head.attribution),
    'version.json': `${JSON.stringify(head, undefined, 2)}\n`,
  }
}

/** A JSON array with each of its members on a line of its own. */
function jsonLines(members: readonly object[]): string {
  return members.length === 0 ? '[]\n' : `[\n${members.map((member) => JSON.stringify(member)).join(',\n')}\n]\n`
}

function readme(attribution: readonly Attribution[]): string {
  return `# Facts about language models

A snapshot of an [LLM Registry](https://github.com/Rettend/llm), written by \`llm-registry snapshot\`. Do not edit these files: the next one replaces them.

| file | what |
| --- | --- |
| \`models.json\` | every model, one a line; prices in USD per 1M tokens, scores from 0 to 5; an unknown fact is an absent key |
| \`providers.json\` | who makes or serves them, one a line |
| \`version.json\` | which version this is, and its sources |
| \`CHANGES.md\` | what changed from snapshot to snapshot, newest first |

Anyone can check that these files are what the registry served. Each provider with its models, \`{"models":[…],"provider":{…}}\` in canonical JSON ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)), has a SHA-256; the etag in \`version.json\` is the first half of the SHA-256 of all of them by provider, \`{"<provider>":"<SHA-256>",…}\`.

## Attribution

The facts come from these sources. Name them where you show the facts, and read their terms before you pass the facts on:

${attribution.map(creditOf).join('\n')}
`
}

function creditOf({ name, url, license, note }: Attribution): string {
  const licensed = license ? `, ${markdown(license.name)} <${new URL(license.url).href}>` : ''
  return `- ${markdown(name)}: <${new URL(url).href}>${licensed}${note === undefined ? '' : `. ${markdown(note)}`}`
}
