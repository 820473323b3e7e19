/** CHANGES.md: an entry for each snapshot that changed anything, newest first. */

const TITLE =
  '# Changes\n\nWhat changed from snapshot to snapshot, newest first. Older entries are in the history of this file.\n'
/** A year of days. Pages of more than 512 KB are not shown on GitHub. */
const MAX_ENTRIES = 366
const MAX_CHARACTERS = 400_000

/** `entry` begins with its heading, which ends with the version. */
export function addEntry(changes: string | undefined, entry: string): string {
  const [, ...older] = (changes ?? '').split(/^(?=## )/m)
  // An interrupted snapshot has left an entry of the same version: it is replaced.
  const others = older.filter((text, index) => index > 0 || versionOf(text) !== versionOf(entry))
  const kept = [`${entry.trimEnd()}\n`]
  let length = 0
  for (const text of others.slice(0, MAX_ENTRIES - 1)) {
    length += text.length
    if (length > MAX_CHARACTERS) break
    kept.push(`${text.trimEnd()}\n`)
  }
  return [TITLE, ...kept].join('\n')
}

const versionOf = (entry: string): string | undefined => /^## .* (\S+)$/m.exec(entry)?.[1]
