import type { ModelKey } from '../../core/schema/model.ts'

/** The path of a model. A lone surrogate, as of half an emoji, has no form in a URL: it becomes U+FFFD. */
export function modelPath({ provider, value }: ModelKey): string {
  return `/v1/models/${segmentOf(provider)}/${segmentOf(value)}`
}

const segmentOf = (text: string): string => encodeURIComponent(new TextDecoder().decode(new TextEncoder().encode(text)))
