/** What any text from outside must be before it becomes part of the catalogue. */

/** Longer than any seen by far; keeps one odd row from filling every manifest. */
export const MAX_TEXT = 300

// Lone surrogates have no UTF-8 form, so no hash that others could recompute; control characters have no place in a key.
const CONTROL = /[\p{Cc}\p{Cs}]/u
/** Most texts: decided several times faster than by Unicode property. */
const PRINTABLE_ASCII = /^[ -~]*$/

/** Well-formed and without control characters. */
export function isPlainText(text: string): boolean {
  return PRINTABLE_ASCII.test(text) || !CONTROL.test(text)
}
