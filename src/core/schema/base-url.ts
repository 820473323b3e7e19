/**
 * Base URLs of APIs, as sources state them and overrides set them: of http or https, with variables to fill in. Clients
 * send keys to them, so that nothing else is taken for one. Pure.
 */
import * as z from 'zod'

/** What is left to be filled in: `https://${HOST}/v1`, or all of the origin, `${BASE_URL}/v1`. */
const VARIABLE = /\$\{\w+\}/g
const LEADING_VARIABLE = /^\$\{\w+\}/

export const BaseUrl = z.string().refine(isBaseUrl, 'is not a URL of http or https')

export function isBaseUrl(text: string): boolean {
  // The parser of URLs would leave it out.
  if (/\s/.test(text)) return false
  const url = URL.parse(text.replace(LEADING_VARIABLE, 'https://x').replace(VARIABLE, 'x'))
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}
