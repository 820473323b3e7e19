/** Runs axe on every page, at the size of a phone and of a desktop, in light and dark. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startChromium } from '../../../scripts/screenshots/chromium.ts'
import { DRAWN, type PageName, SCHEMES, SITE_PAGES } from '../../../scripts/screenshots/site-pages.ts'
import { type SampleSite, startSampleSite } from '../../support/pages/sample-site.ts'

const executable = findChromium()
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [360, 1440]
/** The markup of Swagger UI is third-party and excluded; the page around it is checked. */
const RUN = "axe.run({ exclude: ['#docs .swagger-ui'] }, { resultTypes: ['violations'] })"

const NAMES = Object.keys(SITE_PAGES) as PageName[] // of our own constant

describe.runIf(executable)(executable ? 'axe' : 'axe: skipped, because no Chromium is installed', () => {
  let site: SampleSite
  let browser: Browser
  const contexts: { name: string; context: BrowserContext }[] = []

  beforeAll(async () => {
    site = await startSampleSite()
    browser = await startChromium(executable ?? '')
    for (const width of WIDTHS)
      for (const colorScheme of SCHEMES) {
        // The test injects axe, which the policy of the pages would refuse.
        const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true }
        contexts.push({ name: `${width} ${colorScheme}`, context: await browser.newContext(options) })
      }
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it.each(NAMES)('finds no violation on the page "%s"', { timeout: 120_000 }, async (name) => {
    for (const { name: view, context } of contexts) {
      const page = await context.newPage()
      await page.goto(site.url + SITE_PAGES[name], { waitUntil: 'networkidle' })
      const drawn = DRAWN[name]
      if (drawn) await page.locator(drawn).first().waitFor()
      await page.evaluate(AXE)
      const { violations } = (await page.evaluate(RUN)) as AxeResults // by its documentation
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n')}`,
      )
      expect(found, `${name} at ${view}`).toEqual([])
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      expect(overflow, `${name} at ${view} is wider than the screen`).toBeLessThanOrEqual(0)
      await page.close()
    }
  })
})
