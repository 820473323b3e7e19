/** What is wrong with the package: files that do not belong, what publint and are-the-types-wrong say, its size. */
import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import type { Packed } from '../build/packed-package.ts'
import { bundleForBrowser } from './bundle.ts'

/**
 * The promises of the README. Of `createRegistry`, a quarter prices usage; a seventh finds the head of a family and proves
 * a manifest part by part; as much finds models by any of their ids, at their labs first, and names the nearest of what is
 * not there.
 */
export const MAX_BUNDLE_BYTES = { createRegistry: 14 * 1024, costOf: 4300 }

const PUBLISHED = /^(dist\/(client|core)\/([\w-]+\/)?[\w-]+\.(js|d\.ts)|LICENSE|README\.md|package\.json)$/
/** With `imports` in its place, browsers could no longer load the modules as they are, nor could older bundlers. */
const LEFT_SUGGESTION = 'USE_EXPORTS_OR_IMPORTS_BROWSER'
/** An ES module is for those who import it; `node10` is the resolution of compilers that know no `exports`. */
const ESM_ONLY = ['CJSResolvesToESM']

export async function packageComplaints(packed: Packed, folder: string): Promise<string[]> {
  return [
    ...packed.files.filter((file) => !PUBLISHED.test(file)).map((file) => `${file} would be published`),
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
  const complaints = Object.entries(MAX_BUNDLE_BYTES).map(async ([name, limit]) => {
    const { gzipBytes } = await bundleForBrowser(`export { ${name} } from '@rttnd/llm'`, folder)
    return gzipBytes > limit ? [`${name} takes ${gzipBytes} bytes, more than ${limit}`] : []
  })
  return (await Promise.all(complaints)).flat()
}

/** A copy: a small file that Node reads is a part of a larger buffer. */
function readTarball(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path))
}
