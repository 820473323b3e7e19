/** The schemas of text in a source's reply. */
import * as z from 'zod'
import { isPlainText, MAX_TEXT } from '../core/plain-text.ts'

export const SourceText = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TEXT)
  .refine(isPlainText, 'must be well-formed text without control characters')

/** The slug of a model. A URL path cannot contain dot segments (RFC 3986, section 5.2.4). */
export const SourceSlug = SourceText.refine(
  (slug) => slug !== '.' && slug !== '..',
  'is a dot segment, which a URL cannot contain',
)
