/** The API page on a phone: what it shows before anything is opened, and the values that it presets for a change. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startChromium } from '../../../scripts/screenshots/chromium.ts'
import { type RealRegistry, startRegistry } from '../../support/client/real-registry.ts'

const executable = findChromium()

describe.runIf(executable)(executable ? '/docs' : '/docs: skipped, because no Chromium is installed', () => {
  let registry: RealRegistry
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    registry = await startRegistry()
    browser = await startChromium(executable ?? '')
    page = await browser.newPage({ viewport: { width: 360, height: 740 } })
    await page.goto(`${registry.url}/docs`)
    await page.locator('.opblock').first().waitFor()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await registry?.close()
  })

  it('has nothing open, one place for a token, and a way back to the pages', async () => {
    expect(await page.locator('.opblock.is-open').count()).toBe(0)
    await page.getByRole('button', { name: 'Authorize' }).click()
    expect(await page.locator('.auth-container input').count()).toBe(1)
    await page.getByRole('button', { name: 'Close' }).first().click()
    await expectFit()
    expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Models' }).count()).toBe(1)
  })

  it('presets dryRun=true and a valid body for trying a change', { timeout: 60_000 }, async () => {
    const change = page.locator('.opblock-post').filter({ has: page.locator('[data-path="/v1/admin/rollback"]') })
    await change.locator('.opblock-summary-control').click()
    await change.getByRole('button', { name: 'Try it out' }).click()
    expect(await change.locator('tr[data-param-name="dryRun"] select').inputValue()).toBe('true')
    expect(await change.locator('textarea').inputValue()).toMatch(/"version": "v1\.[0-9a-f]{12}"/)
    await expectFit()
  })

  it('presets no filter that narrows a response', { timeout: 60_000 }, async () => {
    const read = page.locator('.opblock-get').filter({ has: page.locator('[data-path="/v1/models/search"]') })
    await read.locator('.opblock-summary-control').click()
    await read.getByRole('button', { name: 'Try it out' }).click()
    expect(await read.locator('tr[data-param-name="q"] input').inputValue()).toBe('')
    await expectFit()
  })

  async function expectFit(): Promise<void> {
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  }
})
