/**
 * What a model's id or name says, so that two spellings of one model compare equal: its words and its version, and
 * beside them what tells its variants apart. Nothing is guessed: texts are of one model only if their keys are equal.
 */
import { effortOf, withoutEffort } from './family.ts'
import { type SnapshotDate, takeSnapshotDate } from './snapshot-date.ts'

export interface NormalForm {
  /** The words in any order, the version in its own. */
  key: string
  snapshot?: SnapshotDate
  mode?: Mode
  /** Which model it is changes ("-latest"), or it is a host's edition of it (":free"). */
  makeshift: boolean
}

/** What the text says of the model's reasoning. */
export interface Mode {
  says: 'reasoning' | 'non-reasoning' | 'instruct'
  /** It is part of the model's own name, as in "Kimi K2 Thinking"; not so in "Kimi K2.5 (Reasoning)". */
  inName: boolean
}

const REASONS = /^(thinking|think|thinker|reasoning|reasoner)$/
const INSTRUCT = /^(instruct|it)$/
/** A size such as 27b, a3b or 1t: a word, while 5 is a version. */
const SIZE = /^\d+[bmt]$/
const NUMBER = /^\d+$/

/** `provider` is whose model it is: a name that begins with it says no more than one that does not. */
export function normalFormOf(text: string, provider: string): NormalForm {
  const { name, edition } = takeAddress(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase())
  const { rest, date: snapshot } = takeSnapshotDate(withoutEffort(name))
  const { tokens, says, latest } = takeMarkers(tokensOf(rest))
  return {
    key: keyOf(withoutProvider(tokens, provider)) || name,
    ...(snapshot && { snapshot }),
    ...modeOf(name, edition, says),
    makeshift: latest || (edition !== undefined && !REASONS.test(edition)),
  }
}

/** An id may begin with who made the model ("qwen/", "amazon.") and end with an edition (":free"); a name does not. */
function takeAddress(text: string): { name: string; edition?: string } {
  if (text.includes(' ')) return { name: text }
  const [id = '', edition] = text.slice(text.lastIndexOf('/') + 1).split(':')
  const name = id.replace(/^[a-z]+\.(?=[a-z])/, '')
  return edition === undefined || NUMBER.test(edition) ? { name } : { name, edition }
}

function tokensOf(text: string): string[] {
  return text
    .replaceAll('+', ' plus ')
    .split(/[^a-z0-9.]+/)
    .flatMap((word) => (/^\d+\.\d+[bmt]$/.test(word) ? [word] : word.split('.')))
    .flatMap((word) => /^([a-z]+)(\d+)$/.exec(word)?.slice(1) ?? [word])
    .filter((token) => token !== '' && !/^00\d$/.test(token))
}

interface Markers {
  /** What is left for the key when the words that tell variants apart are taken. */
  tokens: string[]
  says?: Mode['says']
  latest: boolean
}

function takeMarkers(all: string[]): Markers {
  const isNegation = (index: number) => /^non?$/.test(all[index] ?? '') && REASONS.test(all[index + 1] ?? '')
  const isMarker = (token: string) => REASONS.test(token) || INSTRUCT.test(token) || token === 'latest'
  const isNegated = all.some((_, index) => isNegation(index))
  return {
    tokens: all.filter((token, index) => !isMarker(token) && !isNegation(index)),
    says: isNegated ? 'non-reasoning' : saidBy(all),
    latest: all.includes('latest'),
  }
}

function saidBy(tokens: string[]): Mode['says'] | undefined {
  if (tokens.some((token) => REASONS.test(token))) return 'reasoning'
  return tokens.some((token) => INSTRUCT.test(token)) ? 'instruct' : undefined
}

function modeOf(name: string, edition: string | undefined, says: Mode['says'] | undefined): { mode?: Mode } {
  const plain = name.replace(/\([^()]*\)/g, ' ')
  const inName = takeMarkers(tokensOf(plain)).says !== undefined
  if (withoutEffort(name) !== name)
    return { mode: { says: effortOf(name) === 'none' ? 'non-reasoning' : 'reasoning', inName } }
  if (edition !== undefined && REASONS.test(edition)) return { mode: { says: 'reasoning', inName: true } }
  return says === undefined ? {} : { mode: { says, inName } }
}

function withoutProvider(tokens: string[], provider: string): string[] {
  return tokens.length > 1 && tokens[0] === provider ? tokens.slice(1) : tokens
}

/** Words are sorted unless two versions stand among them, where the order says what each is the version of. */
function keyOf(all: string[]): string {
  const tokens = withoutFirstVersion(joinSizes(all))
  const words = tokens.filter((token) => !NUMBER.test(token))
  const starts = tokens.filter((token, index) => NUMBER.test(token) && !NUMBER.test(tokens[index - 1] ?? ''))
  if (starts.length > 1) return tokens.join(' ')
  return [...words.sort(), ...withoutTrailingZero(tokens.filter((token) => NUMBER.test(token)))].join(' ')
}

/** "0-6b" is "0.6b". */
function joinSizes(tokens: string[]): string[] {
  return tokens.flatMap((token, index) => {
    if (token === '0' && SIZE.test(tokens[index + 1] ?? '')) return []
    return tokens[index - 1] === '0' && SIZE.test(token) ? [`0.${token}`] : [token]
  })
}

/** A trailing "v1" only says that a "v2" may come. */
function withoutFirstVersion(tokens: string[]): string[] {
  return tokens.at(-2) === 'v' && tokens.at(-1) === '1' ? tokens.slice(0, -2) : tokens
}

/** "2.0" is "2". */
function withoutTrailingZero(numbers: string[]): string[] {
  return numbers.length > 1 && numbers.at(-1) === '0' ? numbers.slice(0, -1) : numbers
}
