/** Opens pages of a running registry in Chromium and takes screenshots in several widths and both colour schemes. */
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { CommandError } from '../../src/cli/shared/command.ts'
import { DRAWN, type PageName, SCHEMES, SITE_PAGES, STATUS_OF, WIDTHS } from './site-pages.ts'

const HEIGHT = 900
/** A screenshot of the whole list would be some hundred screens high. */
const MAX_HEIGHT = 6000
const OK = 200

export interface ScreenshotOptions {
  url: string
  folder: string
  names: readonly PageName[]
}

/** Returns the number of screenshots. `onFile` is called with each written file. */
export async function takeScreenshots(
  browser: Browser,
  { url, folder, names }: ScreenshotOptions,
  onFile: (file: string) => void,
): Promise<number> {
  let taken = 0
  for (const colorScheme of SCHEMES)
    for (const width of WIDTHS) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: HEIGHT } })
      for (const name of names) {
        const file = join(folder, `${name}-${width}-${colorScheme}.png`)
        await takeScreenshot(context, url, name, file)
        onFile(file)
        taken++
      }
      await context.close()
    }
  return taken
}

async function takeScreenshot(context: BrowserContext, url: string, name: PageName, path: string): Promise<void> {
  const page = await context.newPage()
  const address = url + SITE_PAGES[name]
  const status = (await page.goto(address, { waitUntil: 'networkidle' }))?.status()
  if (status !== (STATUS_OF[name] ?? OK)) throw new CommandError(`Cannot show ${address}: it returned status ${status}`)
  const drawn = DRAWN[name]
  if (drawn) await page.locator(drawn).first().waitFor()
  const { width = 0 } = page.viewportSize() ?? {}
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, MAX_HEIGHT) } })
  await page.close()
}
