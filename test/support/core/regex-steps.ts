/**
 * Counts the steps of a backtracking engine that searches a text for a regular expression. This is a small such engine,
 * which tries the same alternatives as V8, in the same order. Unlike times, steps are the same on every machine.
 */

export type Node =
  | { kind: 'character'; matches: (character: string) => boolean }
  | { kind: 'start' | 'end' | 'boundary' }
  | { kind: 'group'; choices: Node[][] }
  | { kind: 'repeat'; node: Node; min: number; max: number; lazy: boolean }

/** The alternatives of an expression, each a sequence. Throws on unknown syntax. */
export function parseRegex(pattern: string, flags: string): Node[][] {
  let at = 0
  const choices = readChoices()
  if (at < pattern.length) throw new Error(`Cannot read /${pattern}/ at ${at}`)
  return choices

  function readChoices(): Node[][] {
    const all = [readSequence()]
    while (pattern[at] === '|') {
      at++
      all.push(readSequence())
    }
    return all
  }

  function readSequence(): Node[] {
    const nodes: Node[] = []
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') nodes.push(readQuantified())
    return nodes
  }

  function readQuantified(): Node {
    const node = readAtom()
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/.exec(pattern.slice(at))
    if (!match) return node
    at += match[0].length
    const [, sign, low, comma, high, lazy] = match
    const min = low === undefined ? Number(sign === '+') : Number(low)
    const most = sign === '?' ? 1 : Number.POSITIVE_INFINITY
    const max = low === undefined ? most : high ? Number(high) : comma ? Number.POSITIVE_INFINITY : min
    return { kind: 'repeat', node, min, max, lazy: lazy === '?' }
  }

  function readAtom(): Node {
    if (pattern[at] === '(') return readGroup()
    if (pattern[at] === '^') return take(1, { kind: 'start' })
    if (pattern[at] === '$') return take(1, { kind: 'end' })
    if (pattern.startsWith('\\b', at)) return take(2, { kind: 'boundary' })
    const source = /^(?:\[(?:\\.|[^\]\\])*\]|\\p\{\w+\}|\\x..|\\u....|\\[^1-9kBcpux]|[^\\[\]*+?{}()|^$])/s.exec(
      pattern.slice(at),
    )?.[0]
    if (source === undefined) throw new Error(`Cannot read /${pattern}/ at ${at}`)
    const one = new RegExp(`^${source}$`, flags.replace(/[gmy]/g, ''))
    return take(source.length, { kind: 'character', matches: (character) => one.test(character) })
  }

  function readGroup(): Node {
    const [opening = '', look] = /^\((?:\?(?:(<?[=!])|:|<\w+>))?/.exec(pattern.slice(at)) ?? []
    at += opening.length
    if (pattern[at] === '?') throw new Error(`Cannot read /${pattern}/ at ${at}`)
    const choices = readChoices()
    if (look !== undefined && choices.some((nodes) => nodes.length !== 1))
      throw new Error(`Cannot read /${pattern}/: it looks around for more than a character`)
    // A look-around for one character is assumed to match always and cost nothing, so no fewer steps are counted.
    const node: Node = { kind: 'group', choices: look === undefined ? choices : [[]] }
    if (pattern[at] !== ')') throw new Error(`Cannot read /${pattern}/ at ${at}`)
    return take(1, node)
  }

  function take(length: number, node: Node): Node {
    at += length
    return node
  }
}

/** The number of steps of a search, which stops at a limit. */
export function countSteps(choices: Node[][], text: string, bound: number): number {
  let steps = 0
  for (let start = 0; start <= text.length && steps < bound; start++) if (matchGroup(choices, start, () => true)) break
  return steps

  function matchGroup(choices: Node[][], at: number, next: (at: number) => boolean): boolean {
    return choices.some((nodes) => matchSequence(nodes, 0, at, next))
  }

  function matchSequence(nodes: Node[], index: number, at: number, next: (at: number) => boolean): boolean {
    const node = nodes[index]
    return node ? matchNode(node, at, (after) => matchSequence(nodes, index + 1, after, next)) : next(at)
  }

  function matchNode(node: Node, at: number, next: (at: number) => boolean): boolean {
    if (++steps >= bound) return false
    switch (node.kind) {
      case 'character':
        return at < text.length && node.matches(text[at] ?? '') && next(at + 1)
      case 'start':
        return at === 0 && next(at)
      case 'end':
        return at === text.length && next(at)
      case 'boundary':
        return isWord(at - 1) !== isWord(at) && next(at)
      case 'group':
        return matchGroup(node.choices, at, next)
      case 'repeat':
        return matchRepeat(node, 0, at, next)
    }
  }

  function matchRepeat(
    repeat: Node & { kind: 'repeat' },
    count: number,
    at: number,
    next: (at: number) => boolean,
  ): boolean {
    const { node, min, max, lazy } = repeat
    const again = () =>
      count < max &&
      matchNode(node, at, (after) => (after > at || count < min) && matchRepeat(repeat, count + 1, after, next))
    if (count < min) return again()
    return lazy ? next(at) || again() : again() || next(at)
  }

  function isWord(at: number): boolean {
    return /\w/.test(text[at] ?? '')
  }
}

/** Characters that matter in some expression, and some that do not. */
const CHARACTERS = [...' ()/.-:"07afvTZWBrenoighxp_+*#?@,|=&\n\0é']

/** A few characters that a node may match first. */
export function examplesOf(node: Node): string[] {
  switch (node.kind) {
    case 'character':
      return CHARACTERS.filter(node.matches).slice(0, 2)
    case 'group':
      return node.choices.flatMap((nodes) => nodes.slice(0, 3).flatMap(examplesOf))
    case 'repeat':
      return examplesOf(node.node)
    default:
      return []
  }
}

/** A short text that a node matches, as far as its characters are known. */
export function textOf(node: Node): string {
  switch (node.kind) {
    case 'character':
      return CHARACTERS.find(node.matches) ?? ''
    case 'group':
      return (node.choices[0] ?? []).map(textOf).join('')
    case 'repeat':
      return textOf(node.node).repeat(Math.max(node.min, Number(node.max === Number.POSITIVE_INFINITY)))
    default:
      return ''
  }
}
