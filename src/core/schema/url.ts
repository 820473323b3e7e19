/**
 * Web URLs, and the base URLs of APIs, which may contain variables to fill in. Only http and https are accepted,
 * because clients send API keys to them. Pure.
 */
import * as z from 'zod'

/** A variable to fill in: `https://${HOST}/v1`, or the whole origin, `${BASE_URL}/v1`. */
const VARIABLE = /\$\{\w+\}/g
const LEADING_VARIABLE = /^\$\{\w+\}/
export const WebUrl = z.url({ protocol: /^https?$/ })

export const BaseUrl = z.string().refine(isBaseUrl, 'is not an http or https URL')

export function isBaseUrl(text: string): boolean {
  // The URL parser would drop white space.
  if (/\s/.test(text)) return false
  return WebUrl.safeParse(text.replace(LEADING_VARIABLE, 'https://x').replace(VARIABLE, 'x')).success
}
