/** The oldest Node.js that the published package supports, if it is installed. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const VERSION = /^v20\./

/** From NODE_20, or the first one in PATH; `undefined` if there is none. */
export const NODE_20 = [process.env.NODE_20 ?? '', ...nodesInPath()].find(isNode20)

/** For the title of a test that is skipped. */
export const whyNotOnNode20 = NODE_20 ? '' : ' (skipped: no Node.js 20 in PATH or NODE_20)'

function nodesInPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'))
}

function isNode20(file: string): boolean {
  return existsSync(file) && VERSION.test(execFileSync(file, ['--version'], { encoding: 'utf8' }))
}
