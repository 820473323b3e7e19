/** Runs axe on every page, at the size of a phone and of a desktop, in light and dark. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startChromium } from '../../../scripts/screenshots/chromium.ts'
import { DRAWN, type PageName, SITE_PAGES } from '../../../scripts/screenshots/site-pages.ts'
import { type SampleSite, startSampleSite } from '../../support/pages/sample-site.ts'

const executable = findChromium()
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** The structure of a page is the same in both schemes, so that only contrast is checked again in the second. */
const VIEWS = [360, 1440].flatMap((width) => [
  { width, colorScheme: 'light' as const, only: undefined },
  { width, colorScheme: 'dark' as const, only: ['color-contrast'] },
])
/** Swagger UI is third-party: its own markup is left out, the page around it is not. */
const runAxe = (only: string[] | undefined): string =>
  `axe.run({ exclude: ['#docs .swagger-ui'] }, ${JSON.stringify({ resultTypes: ['violations'], ...(only && { runOnly: only }) })})`

const NAMES = Object.keys(SITE_PAGES) as PageName[] // of our own constant

describe.runIf(executable)(executable ? 'axe' : 'axe: skipped, because no Chromium is installed', () => {
  let site: SampleSite
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    site = await startSampleSite()
    browser = await startChromium(executable ?? '')
    // The test injects axe, which the policy of the pages would refuse.
    context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(NAMES)('finds no violation on the page "%s"', { timeout: 120_000 }, async (name) => {
    const page = await context.newPage()
    await page.goto(site.url + SITE_PAGES[name])
    const drawn = DRAWN[name]
    if (drawn) await page.locator(drawn).first().waitFor()
    await page.evaluate(AXE)
    for (const { width, colorScheme, only } of VIEWS) {
      await page.setViewportSize({ width, height: 800 })
      await page.emulateMedia({ colorScheme })
      const view = `${name} at ${width} ${colorScheme}`
      const { violations } = (await page.evaluate(runAxe(only))) as AxeResults // by its documentation
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n')}`,
      )
      expect(found, view).toEqual([])
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect(overflow, `${view} is wider than the screen`).toBeLessThanOrEqual(0)
    }
    await page.close()
  })
})
