/**
 * The normal form of a model's id or name, so that spellings of one model compare equal. It ignores only case,
 * separators, dates and what a host adds (editions, quantisations, regions). Letters of every script and signs such as
 * "#", "*" and "+" are kept, because they distinguish models. Nothing is compared by similarity.
 */
import { withoutDateOrLatest } from './family-id.ts'

/** What hosts append, in lower case. Not "-thinking", "-fast" or "-pro", which often name another model. */
const ADDITIONS = [
  // Free of charge, service tier, and quantisation.
  /-(?:free|flex|nitro|eco|tee|maas|fp4|fp8|nvfp4|mxfp4|bf16|fp16|int4|int8|w4a16|awq|gptq|autoround)$/,
  // The same, and reasoning settings, as editions of one offer: ":free", ":thinking:8192".
  /:(?:free|official|fast|nitro|flex|(?:thinking|think|peft)(?::\w+)?)$/,
  // Regions, "@eu", and Amazon Bedrock's revisions, "-v1:0" and "-1:0".
  /@[a-z-]+$|-v?\d+:\d+$/,
]

/** The number of experts, which some spellings of Llama 4 include: "17b-128e". */
const EXPERTS = /(?<=b)-\d+e(?=-|$)/

export interface Spelling {
  normalFormOf: (text: string) => string
  /** Of a normal form. */
  wordsOf: (key: string) => string
}

export const SPELLING: Spelling = { normalFormOf, wordsOf }

/** Memoized: two of three rows have an id that another row has, too. */
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

/** A normal form with its words sorted, its numbers in order: equal for "claude-4-5-haiku" and "claude-haiku-4-5". */
export function wordsOf(key: string): string {
  const tokens = tokensOf(key)
  const starts = tokens.filter((token, at) => isNumber(token) && !isNumber(tokens[at - 1]))
  // If numbers are in different places, their position shows what each one is the version of.
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

/** Repeats until nothing changes, because a date may come before an addition or after it. */
function withoutAdditions(text: string): string {
  const rest = ADDITIONS.reduce((left, addition) => left.replace(addition, ''), withoutDateOrLatest(text))
  return rest === text || rest === '' ? text : withoutAdditions(rest)
}
