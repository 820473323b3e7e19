/** The style, script and icon of the pages, whose names carry their hashes. The build writes them and an index of them. */
import * as z from 'zod'
import type { PageAssets } from '../../views/pages/layout/frame.ts'
import type { Exchange } from '../exchange.ts'

const Index = z.object({ style: z.string(), docsStyle: z.string(), script: z.string(), icon: z.string() })
/** If they were not deployed, pages have no style. */
const MISSING: PageAssets = {
  style: '/assets/style.css',
  docsStyle: '/assets/docsStyle.css',
  script: '/assets/script.js',
  icon: '/assets/icon.svg',
}

let known: PageAssets | undefined

/** They change only with a deployment, so never during the life of an isolate. */
export async function pageAssets({ env, request }: Pick<Exchange, 'env' | 'request'>): Promise<PageAssets> {
  known ??= await readIndex(env, request.url)
  return known ?? MISSING
}

async function readIndex(env: Env, origin: string): Promise<PageAssets | undefined> {
  try {
    const response = await env.ASSETS.fetch(new URL('/assets/index.json', origin))
    return response.ok ? Index.parse(await response.json()) : undefined
  } catch (error) {
    console.error(`Cannot read the index of the pages' assets: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
}
