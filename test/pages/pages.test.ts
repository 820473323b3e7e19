/** The list and the model page in a browser: phone, tablet and desktop; light and dark; with and without script. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startChromium } from '../../scripts/screenshots/chromium.ts'
import { type RealRegistry, startRegistry } from '../support/client/real-registry.ts'
import { aaProRow, type Facts } from '../support/rows.ts'

const executable = findChromium()
const WIDTHS = [360, 768, 1440]
const SCHEMES = ['light', 'dark'] as const
/** A text, because it runs in the page, whose types are not available here. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const MODEL = '/models/acme/vision-12'

const seen = { input: { text: true, image: true, video: false, speech: false }, output: { text: true } }

/** More models than fit on a page of the list. Every third has vision, and each costs more than the one before it. */
const rows = (discount = 0): Facts[] =>
  Array.from({ length: 80 }, (_, index) =>
    aaProRow({
      slug: index % 3 === 0 ? `vision-${index}` : `plain-${index}`,
      name: index % 3 === 0 ? `Vision ${index}` : `Plain ${index}`,
      context_window_tokens: index % 2 === 0 ? 400_000 : 32_000,
      modalities: index % 3 === 0 ? seen : { input: { text: true }, output: { text: true } },
      pricing: {
        price_1m_input_tokens: index + 1 - discount,
        price_1m_output_tokens: 2 * (index + 1),
        price_1m_blended_3_to_1: index + 1,
      },
    }),
  )

describe.runIf(executable)(executable ? 'pages in Chromium' : 'pages in Chromium: skipped, none is installed', () => {
  let registry: RealRegistry
  let browser: Browser

  beforeAll(async () => {
    registry = await startRegistry()
    await registry.pull(rows(), 1, { tier: 'pro' })
    await registry.pull(rows(0.5), 20, { tier: 'pro' })
    browser = await startChromium(executable ?? '')
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await registry?.close()
  })

  /** Opens a page. The test fails if its script fails, or if its policy blocks something. */
  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    await page.goto(registry.url + path, { waitUntil: 'networkidle' })
    expect(complaints).toEqual([])
    return page
  }

  const namesIn = (page: Page) => page.locator('#list th.name a').allTextContents()

  it.each(['/', MODEL, '/nowhere'])(
    'shows %s at every width and in both schemes without scrolling sideways',
    async (path) => {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      const page = await context.newPage()
      await page.goto(registry.url + path)
      for (const width of WIDTHS)
        for (const colorScheme of SCHEMES) {
          await page.setViewportSize({ width, height: 900 })
          await page.emulateMedia({ colorScheme })
          const background = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor')
          expect(await page.evaluate<number>(OVERFLOW), `${width} px, ${colorScheme}`).toBe(0)
          expect(background).toBe(colorScheme === 'light' ? 'rgb(251, 250, 247)' : 'rgb(17, 19, 22)')
        }
      await context.close()
    },
  )

  it.each([true, false])(
    'finds a cheap vision model with 200k tokens of context, and its price (script: %s)',
    async (javaScriptEnabled) => {
      const page = await open('/', { javaScriptEnabled })
      await page.locator('.toggle', { hasText: 'Vision' }).click()
      await page.selectOption('select[name="minContextWindow"]', '200000')
      await page.selectOption('select[name="sort"]', 'price')
      await page.fill('input[name="q"]', 'vision')
      await page.click('form#filters button:has-text("Search")')
      await page.waitForURL(/capability=vision/)
      expect((await namesIn(page)).slice(0, 3)).toEqual(['Vision 0', 'Vision 6', 'Vision 12'])
      expect(await page.textContent('#count')).toBe('14 models in 14 offers and variants')
      await page.click('#list th.name a >> text="Vision 12"')
      await page.waitForURL(`**${MODEL}`)
      expect(await page.textContent('h1')).toBe('Vision 12')
      await page.context().close()
    },
  )

  it('filters while typing without a request, and keeps the filters in the URL', async () => {
    const page = await open('/')
    await page.route('**/*', (route) => route.abort())
    const last = page.locator('#list th.name').nth(7)
    await page.fill('input[name="q"]', 'plain-7')
    await page.waitForFunction("document.querySelectorAll('#list th.name').length === 8")
    await page.click('#list thead a >> text="Input"')
    await page.waitForURL(`${registry.url}/?q=plain-7&sort=input`)
    await last.waitFor()
    const live = await page.innerHTML('#list')
    await page.unroute('**/*')
    await page.reload()
    expect(await page.innerHTML('#list')).toBe(live)
    await page.context().close()
  })

  it('sorts in both directions by the table headers, and keeps the focus', async () => {
    const page = await open('/')
    await page.focus('#list thead a >> text="Output"')
    await page.keyboard.press('Enter')
    expect((await namesIn(page))[0]).toBe('Vision 0')
    await page.keyboard.press('Enter')
    expect((await namesIn(page))[0]).toBe('Plain 79')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Output')
    await page.context().close()
  })

  it.each([true, false])(
    'turns pages, and opens the comparison of checked models (script: %s)',
    async (javaScriptEnabled) => {
      const page = await open('/?sort=name&page=3', { javaScriptEnabled })
      const third = await namesIn(page)
      await page.click('.pages a >> text="Next"')
      await page.waitForURL(/page=4/)
      expect(await namesIn(page)).not.toEqual(third)
      await page.check('input[value="acme/vision-9"]')
      await page.check('input[value="acme/vision-78"]')
      await page.click('form#compare button')
      await page.waitForURL(/\/compare\?m=/)
      expect(new URL(page.url()).searchParams.getAll('m').sort()).toEqual(['acme/vision-78', 'acme/vision-9'])
      await page.context().close()
    },
  )

  it.each([true, false])('goes back in time and returns (script: %s)', async (javaScriptEnabled) => {
    const page = await open(MODEL, { javaScriptEnabled })
    expect(await page.textContent('.figures')).toContain('$12.50')
    await page.click('details.time summary')
    await page.fill('input[name="at"]', '2026-10-05')
    await page.click('details.time button')
    await page.waitForURL(/at=2026-10-05/)
    expect(await page.textContent('.figures')).toContain('$13.00')
    await page.click('nav[aria-label="Pages"] a >> text="Models"')
    await page.waitForURL(/\/\?at=2026-10-05/)
    await page.click('.banner a')
    await page.waitForURL(`${registry.url}/`)
    await page.context().close()
  })

  it.each([true, false])('prices a typical request (script: %s)', async (javaScriptEnabled) => {
    const page = await open(MODEL, { javaScriptEnabled })
    await page.fill('#calculator input[name="input"]', '1000000')
    await page.fill('#calculator input[name="output"]', '0')
    await page.fill('#calculator input[name="requests"]', '2')
    if (!javaScriptEnabled) await page.click('#calculator button')
    await page.waitForFunction("document.querySelector('#calculator .sum').textContent === '$25.00'")
    await page.context().close()
  })
})
