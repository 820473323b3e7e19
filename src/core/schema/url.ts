/**
 * URLs of http or https: of the web, and the base URLs of APIs, which may have variables to fill in. Clients send keys to
 * them, so that no other scheme is accepted. Pure.
 */
import * as z from 'zod'

/** What is left to be filled in: `https://${HOST}/v1`, or all of the origin, `${BASE_URL}/v1`. */
const VARIABLE = /\$\{\w+\}/g
const LEADING_VARIABLE = /^\$\{\w+\}/
export const WebUrl = z.url({ protocol: /^https?$/ })

export const BaseUrl = z.string().refine(isBaseUrl, 'is not an http or https URL')

export function isBaseUrl(text: string): boolean {
  // The parser of URLs would leave it out.
  if (/\s/.test(text)) return false
  return WebUrl.safeParse(text.replace(LEADING_VARIABLE, 'https://x').replace(VARIABLE, 'x')).success
}
