/** The tasks of three users, in Chromium, with and without the script of the pages. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
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

describe.runIf(executable)(executable ? 'people' : 'people: skipped, because no Chromium is installed', () => {
  describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
    let context: BrowserContext

    beforeAll(async () => {
      context = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 740 } })
    })
    afterAll(() => context?.close())

    /** Without a script, the form of the list is sent by its button. */
    async function apply(page: Page): Promise<void> {
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Search', exact: true }).click()
    }

    it('pick a cheap vision model with a context of 200k tokens, and see how to call it', {
      timeout: 60_000,
    }, async () => {
      const page = await context.newPage()
      await page.goto(site.url)
      await page.getByText('Vision', { exact: true }).first().click()
      await page.getByText('More filters').click()
      await page.getByLabel('Context window').selectOption('200000')
      await page.getByLabel('Sort').selectOption('price')
      await apply(page)
      await page.waitForURL(/capability=vision.*minContextWindow=200000.*sort=price/)
      const first = page.locator('table.list tbody th a').first()
      const name = await first.textContent()
      await first.click()
      await page.waitForURL(/\/models\//)
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(name?.trim())
      const snippet = await page.locator('pre').first().textContent()
      const value = decodeURIComponent(new URL(page.url()).pathname).split('/').slice(3).join('/')
      expect(snippet).toMatch(/^curl /)
      expect(snippet).toContain(value)
      await page.close()
    })

    it('see what changed this month, and which source states it', { timeout: 60_000 }, async () => {
      const page = await context.newPage()
      await page.goto(site.url)
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Changes' }).click()
      const day = page.locator('section.day').first()
      expect(await day.getByRole('heading', { level: 2 }).textContent()).toBe('30 Sep 2026')
      const price = day.locator('table.repriced tbody').filter({ hasText: 'Qwen3.7 Plus' })
      expect(await price.textContent()).toMatch(/Output\$3\.00\$1\.60−46\.7 %/)
      await price.getByRole('link').first().click()
      await page.waitForURL(/\/models\/alibaba\//)
      expect(await page.getByRole('heading', { name: 'All facts and their sources' }).count()).toBe(1)
      const facts = page.locator('table.facts')
      expect(await facts.locator('tr', { hasText: 'Output price' }).textContent()).toContain('models.dev')
      await page.close()
    })

    it('find what gpt-4o cost in August 2025', { timeout: 60_000 }, async () => {
      const page = await context.newPage()
      await page.goto(`${site.url}/models/openai/gpt-4o`)
      await page.locator('details.time > summary').click()
      await page.locator('input[name="at"]').fill('2025-08-31')
      await page.locator('details.time button').click()
      await page.waitForURL(/at=2025-08-31/)
      expect(await page.locator('aside.banner').textContent()).toContain('The registry as it was on 31 Aug 2025')
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('GPT-4o')
      const main = (await page.locator('main').textContent()) ?? ''
      expect(main).toContain('$2.50')
      expect(main).toContain('$10.00')
      await page.getByRole('link', { name: 'Back to now' }).first().click()
      await page.waitForURL((url) => url.search === '')
      await page.close()
    })
  })
})
