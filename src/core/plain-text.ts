/** Checks that every text from outside must pass before it becomes part of the catalogue. */

/** Much longer than any text seen so far. Keeps one odd row from filling every manifest. */
export const MAX_TEXT = 300

// Lone surrogates have no UTF-8 form, so others could not recompute the hash. Control characters separate keys.
const CONTROL = /[\p{Cc}\p{Cs}]/u
/** Matches most texts, several times faster than a Unicode property does. */
const PRINTABLE_ASCII = /^[ -~]*$/

/** Well-formed and without control characters. */
export function isPlainText(text: string): boolean {
  return PRINTABLE_ASCII.test(text) || !CONTROL.test(text)
}
