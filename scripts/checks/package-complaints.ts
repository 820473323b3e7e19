/** What is wrong with the package: unexpected files, messages of publint and are-the-types-wrong, and its size. */
import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { Packed } from '../build/packed-package.ts'
import { bundleForBrowser, splitForBrowser } from './bundle.ts'

/**
 * The sizes stated in docs/client.md. For `createRegistry`, it is what a page loads first: the code that sends requests and
 * prices usage, which is a third of it. The code for stored content, such as `providers`, is loaded on first use.
 */
export const MAX_FIRST_BYTES = { createRegistry: 13_500 }
export const MAX_BUNDLE_BYTES = { createRegistry: 22_000, costOf: 4700 }

const PUBLISHED =
  /^(dist\/(client|core)\/([\w-]+\/){0,2}[\w-]+\.(js|d\.ts)|dist\/cli\/(llm-registry\.js|LICENSES\.txt)|LICENSE|README\.md|package\.json)$/
const NEEDED = ['dist/client/index.js', 'dist/cli/llm-registry.js', 'dist/cli/LICENSES.txt', 'LICENSE']
/** With `imports` instead, browsers and older bundlers could no longer load the unbundled modules. */
const LEFT_SUGGESTION = 'USE_EXPORTS_OR_IMPORTS_BROWSER'
/** The package is for ES module imports only; `node10` is the resolution of compilers without support for `exports`. */
const ESM_ONLY = ['CJSResolvesToESM']

export async function packageComplaints(packed: Packed, folder: string): Promise<string[]> {
  return [
    ...packed.files.filter((file) => !PUBLISHED.test(file)).map((file) => `${file} would be published`),
    ...NEEDED.filter((file) => !packed.files.includes(file)).map((file) => `${file} would be missing`),
    ...(await lintComplaints(packed)),
    ...(await typeComplaints(packed)),
    ...(await sizeComplaints(folder)),
  ]
}

async function lintComplaints({ path }: Packed): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: readTarball(path).buffer }, strict: true })
  const unwanted = messages.filter(({ code }) => code !== LEFT_SUGGESTION)
  return unwanted.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

async function typeComplaints({ path }: Packed): Promise<string[]> {
  const checked = await checkPackage(createPackageFromTarballData(readTarball(path)))
  if (!checked.types) return ['are-the-types-wrong: there are no types']
  return checked.problems
    .filter((problem) => !ESM_ONLY.includes(problem.kind))
    .filter((problem) => !('resolutionKind' in problem && problem.resolutionKind === 'node10'))
    .map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`)
}

async function sizeComplaints(folder: string): Promise<string[]> {
  const whole = Object.entries(MAX_BUNDLE_BYTES).map(async ([name, limit]) => {
    const { gzipBytes } = await bundleForBrowser(exportOf(name), folder)
    return gzipBytes > limit ? [`${name} takes ${gzipBytes} bytes, more than ${limit}`] : []
  })
  const first = Object.entries(MAX_FIRST_BYTES).map(async ([name, limit]) => {
    const { firstGzipBytes } = await splitForBrowser(exportOf(name), folder)
    return firstGzipBytes > limit ? [`${name} takes ${firstGzipBytes} bytes at first, more than ${limit}`] : []
  })
  return (await Promise.all([...whole, ...first])).flat()
}

/** An app that uses only this export. */
export const exportOf = (name: string): string => `export { ${name} } from '@rttnd/llm'`

/** A copy, because Node reads small files into a part of a larger buffer. */
function readTarball(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path))
}
