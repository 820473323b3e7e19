/** What makes a token easy to guess. The registry itself checks the minimum length. */

const MIN_DISTINCT = 8
const MIN_OWN_LENGTH = 12
/** Bits of entropy by character frequency: 16 random hex digits have about 50, repeated characters far fewer. */
const MIN_BITS = 40
/** Words that people use as placeholders, or in place of a token. */
const COMMON_WORDS =
  /(change|replace|example|sample|default|dummy|insert|your|some|secret|token|password|passwd|admin|root|user|reader|test|local|demo|dev|letmein|qwerty|asdf|llm|registry|cloudflare|worker|todo|foobar|xxx+|[-_. ])/gi

/** `undefined` if the token has no weakness. */
export function weaknessOf(token: string): string | undefined {
  if (/^[<{[].*[>}\]]$/.test(token)) return 'is a placeholder'
  if (/^(.+?)\1+$/.test(token)) return 'repeats itself'
  if (new Set(token).size < MIN_DISTINCT) return `has fewer than ${MIN_DISTINCT} different characters`
  if (token.replace(COMMON_WORDS, '').length < MIN_OWN_LENGTH) return 'consists of common words'
  if (sequenceShare(token) > 0.5) return 'is mostly an ascending or descending sequence'
  if (entropyBits(token) < MIN_BITS) return 'has too few different characters for its length'
  return undefined
}

/** The share of characters that follow the one before them in the alphabet, either way, or repeat it. */
function sequenceShare(token: string): number {
  const steps = Array.from({ length: token.length - 1 }, (_, at) => token.charCodeAt(at + 1) - token.charCodeAt(at))
  return steps.filter((step) => Math.abs(step) <= 1).length / steps.length
}

/** Shannon's, of the characters as they occur. */
function entropyBits(token: string): number {
  const counts = Map.groupBy(token, (character) => character)
  let bits = 0
  for (const { length } of counts.values()) bits -= length * Math.log2(length / token.length)
  return bits
}
