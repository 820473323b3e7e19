/** What a page weighs with its style and script, compressed as Cloudflare does. */
import { brotliCompressSync, constants } from 'node:zlib'
import { CommandError } from '../../../src/cli/shared/command.ts'

export interface PageBytes {
  document: number
  style: number
  script: number
}

export async function weighPage(url: string, path: string): Promise<PageBytes> {
  const html = await textOf(url + path)
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1]
  const script = /<script type="module" src="([^"]+)"/.exec(html)?.[1]
  if (style === undefined || script === undefined)
    throw new CommandError(`Cannot weigh ${path}: it has no style or script`)
  return {
    document: compressedBytes(html),
    style: compressedBytes(await textOf(url + style)),
    script: compressedBytes(await textOf(url + script)),
  }
}

async function textOf(url: string): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new CommandError(`Cannot read ${url}: it answers ${response.status}`)
  return response.text()
}

/** What Cloudflare compresses on the way takes little time: https://blog.cloudflare.com/this-is-brotli-from-origin/ */
const QUALITY = 4

function compressedBytes(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }).byteLength
}
