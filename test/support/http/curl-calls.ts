/** The `curl` commands in the code blocks of a document, as requests, with the replies that the document shows. */

export interface CurlCall {
  method: string
  url: string
  headers: Record<string, string>
  body?: string
}

export interface ShownReply {
  call: CurlCall
  /** JSON. */
  reply: string
}

const SHELL_BLOCK = /^```sh\n(.*?)^```$/gms
/** A block of JSON is a reply only if it directly follows a block with one command. */
const BLOCK_WITH_REPLY = /^```sh\n((?:(?!^```).)*)^```\n\n```json\n(.*?)^```$/gms
const WORD = /'([^']*)'|"([^"]*)"|([^\s'"]+)/g

export function curlCallsIn(text: string): CurlCall[] {
  return Array.from(text.matchAll(SHELL_BLOCK), ([, block = '']) => commandsIn(block)).flat()
}

export function shownReplies(text: string): ShownReply[] {
  return Array.from(text.matchAll(BLOCK_WITH_REPLY), ([, block = '', reply = '']) =>
    commandsIn(block).map((call) => ({ call, reply })),
  ).flat()
}

/** A command continues on the next line after a backslash, and within quotes. */
function commandsIn(block: string): CurlCall[] {
  const lines = block.replaceAll('\\\n', ' ').match(/(?:'[^']*'|"[^"]*"|[^'"\n])+/g) ?? []
  return lines.filter((line) => line.startsWith('curl ')).map(readCommand)
}

function readCommand(command: string): CurlCall {
  const words = Array.from(command.matchAll(WORD), ([, single, double, bare]) => single ?? double ?? bare ?? '').slice(
    1,
  )
  const call: CurlCall = { method: 'GET', url: '', headers: {} }
  while (words.length > 0) takeWord(call, words)
  return call
}

function takeWord(call: CurlCall, words: string[]): void {
  const word = words.shift() ?? ''
  if (!word.startsWith('-')) call.url = word
  else if (word === '-X') call.method = words.shift() ?? ''
  else if (word === '-d') call.body = words.shift() ?? ''
  else if (word === '-H') addHeader(call, words.shift() ?? '')
  else throw new Error(`Cannot read a curl command: unknown option "${word}"`)
}

function addHeader({ headers }: CurlCall, text: string): void {
  const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(text) ?? []
  headers[name] = value
}
