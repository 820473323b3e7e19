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

export type NormalForm = (text: string) => string

/** The same, which knows what it was asked before: two of three rows have an id that another row has, too. */
export function rememberingNormalForm(): NormalForm {
  const known = new Map<string, string>()
  return (text) => {
    const form = known.get(text) ?? normalFormOf(text)
    known.set(text, form)
    return form
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
  const tokens = key.split(/-|(?<=\p{L})(?=\d)/u)
  const starts = tokens.filter((token, at) => isNumber(token) && !isNumber(tokens[at - 1]))
  // With two numbers apart, their places say what each is the version of.
  if (starts.length > 1) return tokens.join(' ')
  return [...tokens.filter((token) => !isNumber(token)).sort(), ...tokens.filter(isNumber)].join(' ')
}

const isNumber = (token: string | undefined): boolean => token !== undefined && /^\d+$/.test(token)

/** A date may stand before an addition or after it. */
function withoutAdditions(text: string): string {
  const rest = ADDITIONS.reduce((left, addition) => left.replace(addition, ''), withoutDateOrLatest(text))
  return rest === text || rest === '' ? text : withoutAdditions(rest)
}
