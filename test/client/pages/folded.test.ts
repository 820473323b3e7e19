/** What the list keeps folded is one click away, in Chromium, with and without the script of the pages. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startChromium } from '../../../scripts/screenshots/chromium.ts'
import { type SampleSite, startSampleSite } from '../../support/pages/sample-site.ts'

const executable = findChromium()
let site: SampleSite
let browser: Browser

beforeAll(async () => {
  if (!executable) return
  site = await startSampleSite()
  browser = await startChromium(executable)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const CASES = [
  { javaScriptEnabled: true, width: 360 },
  { javaScriptEnabled: true, width: 1440 },
  { javaScriptEnabled: false, width: 360 },
  { javaScriptEnabled: false, width: 1440 },
]

describe.runIf(executable)(executable ? 'the list' : 'the list: skipped, because no Chromium is installed', () => {
  describe.each(CASES)('with JavaScript: $javaScriptEnabled, $width px', ({ javaScriptEnabled, width }) => {
    async function open(path: string): Promise<Page> {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 740 } })
      const page = await context.newPage()
      await page.goto(site.url + path, { waitUntil: 'networkidle' })
      return page
    }

    it('opens the offers and variants of a family below its row', { timeout: 60_000 }, async () => {
      const page = await open('/')
      const row = page.locator('tbody', { has: page.locator('summary') }).first()
      const offers = row.locator('.more a')
      expect(await offers.first().isVisible()).toBe(false)
      await row.locator('summary').click()
      await offers.first().waitFor()
      expect(await offers.first().getAttribute('href')).toMatch(/^\/models\//)
      await page.context().close()
    })

    it('keeps what is chosen as a filter when one more is added', { timeout: 60_000 }, async () => {
      const page = await open('/?provider=openai')
      await page.getByLabel('Add provider').selectOption('anthropic')
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Search', exact: true }).click()
      await page.waitForURL(/provider=openai&provider=anthropic/)
      await page.context().close()
    })

    it('shows other columns, which stay chosen', { timeout: 60_000 }, async () => {
      const page = await open('/')
      if (width < 640) await page.getByText('More filters').click()
      await page.getByText('Columns', { exact: true }).click()
      await page.getByLabel('Cached').check()
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Show', exact: true }).click()
      await page.waitForURL(/col=cacheRead/)
      await page.locator('thead a', { hasText: 'Cached' }).waitFor({ state: 'attached' })
      await page.reload()
      expect(await page.locator('thead a', { hasText: 'Cached' }).count()).toBe(1)
      await page.context().close()
    })
  })
})
