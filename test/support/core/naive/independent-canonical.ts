/**
 * RFC 8785 implemented a second time, from the RFC and without a line of the code under test: characters are escaped one
 * by one (section 3.2.2.2) and keys compared unit by unit (section 3.2.3).
 */
import { createHash } from 'node:crypto'

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

export function independentCanonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? listText(value) : objectText(value)
    default:
      throw new TypeError(`Cannot write a ${typeof value}: not JSON`)
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function listText(list: unknown[]): string {
  let text = '['
  for (const [index, item] of list.entries()) text += (index > 0 ? ',' : '') + independentCanonical(item)
  return `${text}]`
}

function objectText(object: object): string {
  const members = new Map<string, unknown>(Object.entries(object))
  const parts: string[] = []
  for (const key of [...members.keys()].sort(byUnits))
    parts.push(`${quote(key)}:${independentCanonical(members.get(key))}`)
  return `{${parts.join(',')}}`
}

function byUnits(a: string, b: string): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a.charCodeAt(index) - b.charCodeAt(index)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function quote(text: string): string {
  let quoted = ''
  for (const character of text) {
    const unit = character.charCodeAt(0)
    quoted += SHORT_ESCAPES[character] ?? (unit < 0x20 ? `\\u${unit.toString(16).padStart(4, '0')}` : character)
  }
  return `"${quoted}"`
}
