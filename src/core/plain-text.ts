/** What any text from outside must be before it becomes part of the catalogue. */

/** Longer than any seen by far; keeps one odd row from filling every manifest. */
export const MAX_TEXT = 300

// Lone surrogates have no UTF-8 form, so no hash that others could recompute; control characters have no place in a key.
const CONTROL = /[\p{Cc}\p{Cs}]/u

/** Well-formed and without control characters. */
export function isPlainText(text: string): boolean {
  return !CONTROL.test(text)
}
