/**
 * The normal form of a model's id or name, so that spellings of one model compare equal. Only case, separators, dates
 * and what a host adds (editions, quantisations, regions) are set aside; letters of every script and signs such as "#",
 * "*" and "+" are kept, because they distinguish models. Nothing is compared by similarity.
 */
import { withoutDateOrLatest } from './family-id.ts'

/** What hosts add at the end, in lower case. Not "-thinking", "-fast" and "-pro": with these, many are other models. */
const ADDITIONS = [
  // Whether it is free, in which tier of service it is served, and its quantisation.
  /-(?:free|flex|nitro|eco|tee|maas|fp4|fp8|nvfp4|mxfp4|bf16|fp16|int4|int8|w4a16|awq|gptq|autoround)$/,
  // The same, and how much it may reason, as editions of one offer: ":free", ":thinking:8192".
  /:(?:free|official|fast|nitro|flex|(?:thinking|think|peft)(?::\w+)?)$/,
  // Regions, "@eu", and Amazon Bedrock's revisions, "-v1:0" and "-1:0".
  /@[a-z-]+$|-v?\d+:\d+$/,
]

/** The number of experts, which Llama 4 is written with and without: "17b-128e". */
const EXPERTS = /(?<=b)-\d+e(?=-|$)/

export interface Spelling {
  normalFormOf: (text: string) => string
  /** Of a normal form. */
  wordsOf: (key: string) => string
}

export const SPELLING: Spelling = { normalFormOf, wordsOf }

/** The same, which knows what it was asked before: two of three rows have an id that another row has, too. */
export function rememberingSpelling(): Spelling {
  return { normalFormOf: remembering(normalFormOf), wordsOf: remembering(wordsOf) }
}

function remembering(compute: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const result = known.get(text) ?? compute(text)
    known.set(text, result)
    return result
  }
}

export function normalFormOf(text: string): string {
  return withoutAdditions(text.normalize('NFC').toLowerCase())
    .replace(/[\s._:,()[\]-]+/g, '-')
    .replace(/^-|-$/g, '')
    .replace(EXPERTS, '')
    .replace(/(?<=\p{L})-(?=\d)/gu, '')
}

/** Of a normal form: its words in any order, its numbers in theirs ("claude-4-5-haiku" and "claude-haiku-4-5"). */
export function wordsOf(key: string): string {
  const tokens = tokensOf(key)
  const starts = tokens.filter((token, at) => isNumber(token) && !isNumber(tokens[at - 1]))
  // With two numbers apart, their places say what each is the version of.
  if (starts.length > 1) return tokens.join(' ')
  return [...tokens.filter((token) => !isNumber(token)).sort(), ...tokens.filter(isNumber)].join(' ')
}

/** Parted at hyphens, and between a letter and a digit. */
function tokensOf(key: string): string[] {
  const tokens: string[] = []
  let start = 0
  for (let at = 0; at < key.length; at++) {
    const code = key.charCodeAt(at)
    // Ids are ASCII but for a few, and an expression that knows all letters takes some times as long.
    if (code > LAST_ASCII) return key.split(/-|(?<=\p{L})(?=\d)/u)
    const isHyphen = code === HYPHEN
    if (!isHyphen && !(isDigit(code) && at > start && isLetter(key.charCodeAt(at - 1)))) continue
    tokens.push(key.slice(start, at))
    start = isHyphen ? at + 1 : at
  }
  return [...tokens, key.slice(start)]
}

const LAST_ASCII = 0x7f
const HYPHEN = 0x2d
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const isLetter = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)

const isNumber = (token: string | undefined): boolean => token !== undefined && /^\d+$/.test(token)

/** A date may stand before an addition or after it. */
function withoutAdditions(text: string): string {
  const rest = ADDITIONS.reduce((left, addition) => left.replace(addition, ''), withoutDateOrLatest(text))
  return rest === text || rest === '' ? text : withoutAdditions(rest)
}
