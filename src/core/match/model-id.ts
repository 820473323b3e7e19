/**
 * Parses an id of an API: which lab it names, and which ids it may mean once the host's way of writing ids is undone.
 * The readings are ordered; the first one that names a known family decides.
 */
import { lastSegmentOf } from './family-id.ts'
import { labOfPrefix } from './labs/labs.ts'

export interface ModelId {
  /** The last segment without a prefix such as "us.anthropic.", as spelt. */
  segment: string
  /** The lab that a prefix names. */
  lab: string | undefined
  /** The segments before the last, in lower case. */
  path: string[]
}

export interface IdReading {
  key: string
  lab: string | undefined
}

/** Amazon Bedrock: "us.anthropic.claude-…"; SAP: "anthropic--claude-…". */
const DOTTED = /^(?:(?:us|us-gov|eu|apac|global|jp|au|ca|in)\.)?([a-z0-9-]+?)(?:\.|--)(?=[a-z])/i

export function readModelId(value: string): ModelId {
  const last = lastSegmentOf(value)
  const path =
    last === value
      ? []
      : value
          .slice(0, -last.length - 1)
          .toLowerCase()
          .split('/')
  const [prefix = '', name = ''] = DOTTED.exec(last) ?? []
  const dotted = prefix === '' ? undefined : labOfPrefix(name)
  if (dotted !== undefined) return { segment: last.slice(prefix.length), lab: dotted, path }
  return { segment: last, lab: path.map(labOfPrefix).findLast((lab) => lab !== undefined), path }
}

/** What the id may mean: each reading of its prefix, first as spelt, then rewritten. */
export function* readingsOf(id: ModelId, key: string, provider: string): Generator<IdReading> {
  for (const reading of prefixReadingsOf(id, key, provider)) {
    yield reading
    for (const rewrite of REWRITES) {
      const rewritten = rewrite(reading.key)
      if (rewritten !== reading.key) yield { ...reading, key: rewritten }
    }
  }
}

const endsInDigit = (key: string): boolean => {
  const last = key.charCodeAt(key.length - 1)
  return last >= 48 && last <= 57
}

/** Undo the ways in which hosts shorten or extend ids. */
const REWRITES: ((key: string) => string)[] = [
  // Fireworks writes no dots: "glm-5p3".
  (key) => (key.includes('p') ? key.replace(/(?<=\d)p(?=\d)/g, '-') : key),
  // Amazon Bedrock: "claude-opus-4-6-v1".
  (key) => (key.endsWith('-v1') ? key.slice(0, -'-v1'.length) : key),
  // Volcengine dates its snapshots YYMMDD.
  (key) => (endsInDigit(key) ? key.replace(/-?(?<!\d)2\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/, '') : key),
  // Hosts serve the instruction-tuned weights of Gemma, but few ids say so.
  (key) => (key.startsWith('gemma') ? `${key}-it` : key),
]

/** As spelt; with the lab's name in front; without it; without the host's name. `key`: the segment's normal form. */
export function* prefixReadingsOf({ lab, path }: ModelId, key: string, provider: string): Generator<IdReading> {
  yield { key, lab }
  if (lab !== undefined) yield { key: `${lab}-${key}`, lab }
  for (const [name, rest] of splitsOf(key)) {
    const named = labOfPrefix(name)
    if (named !== undefined) yield { key: rest, lab: named }
    else if ([provider, ...path].some((host) => host === name || host.startsWith(`${name}-`))) yield { key: rest, lab }
  }
}

/** Splits "zai-org-glm5" at each of its first three hyphens, starting with the last of them. */
function splitsOf(key: string): [string, string][] {
  const splits: [string, string][] = []
  for (let at = key.indexOf('-'); at > 0 && splits.length < 3; at = key.indexOf('-', at + 1))
    splits.unshift([key.slice(0, at), key.slice(at + 1)])
  return splits
}
