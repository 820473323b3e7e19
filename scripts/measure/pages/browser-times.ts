/**
 * How fast pages are on a slow phone: Chromium with its CPU slowed four times and a narrow viewport, a fresh profile each
 * time. A filter or sort is timed from the event until the next frame is painted.
 */
import type { Browser, Page } from 'playwright-core'

const VIEWPORT = { width: 360, height: 740 }
const SLOWDOWN = 4
/** The columns of the list arrive and are parsed meanwhile. */
const SETTLE_MS = 2000

export interface BrowserTimes {
  /** From the first byte. */
  interactiveMs: number
  paintMs: number
  /** The same of a page with nothing but a heading and the style. */
  bareInteractiveMs: number
  barePaintMs: number
  /** From the first byte until a filter is answered without a request. */
  readyMs: number
  filterMs: number
  searchMs: number
  sortMs: number
}

export async function timeList(browser: Browser, url: string, bareUrl: string): Promise<BrowserTimes> {
  const bare = await withSlowPage(browser, bareUrl, (page) => page.evaluate<LoadTimes>(LOAD))
  const list = await withSlowPage(browser, url, timePage)
  return { ...list, bareInteractiveMs: bare.interactiveMs, barePaintMs: bare.paintMs }
}

type LoadTimes = Pick<BrowserTimes, 'interactiveMs' | 'paintMs' | 'readyMs'>

async function timePage(page: Page): Promise<Omit<BrowserTimes, 'bareInteractiveMs' | 'barePaintMs'>> {
  const load = await page.evaluate<LoadTimes>(LOAD)
  const filterMs = await timeOf(page, `document.querySelector('input[name=capability]').click()`)
  const searchMs = await timeOf(page, typed('claude'))
  await timeOf(page, typed(''))
  const sortMs = await timeOf(page, `[...document.querySelectorAll('#list thead a')].at(-2).click()`)
  return { ...load, filterMs, searchMs, sortMs }
}

async function withSlowPage<T>(browser: Browser, url: string, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
    await page.goto(`${url}/`, { waitUntil: 'networkidle' })
    await page.waitForTimeout(SETTLE_MS)
    return await use(page)
  } finally {
    await context.close()
  }
}

/** Code for pages is text: their types are not those of scripts. */
const LOAD = `(() => {
  const [{ responseStart, domInteractive }] = performance.getEntriesByType('navigation')
  const [paint] = performance.getEntriesByName('first-contentful-paint')
  const [columns] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/columns/'))
  const since = (time) => time - responseStart
  return {
    interactiveMs: since(domInteractive),
    paintMs: since(paint?.startTime),
    readyMs: since(columns?.responseEnd),
  }
})()`

const typed = (text: string): string => `(() => {
  const field = document.querySelector('#filters input[name=q]')
  field.value = ${JSON.stringify(text)}
  field.dispatchEvent(new Event('input', { bubbles: true }))
})()`

async function timeOf(page: Page, act: string): Promise<number> {
  const milliseconds = await page.evaluate<number>(`(async () => {
    await new Promise((resolve) => requestIdleCallback(resolve))
    const started = performance.now()
    ;${act};
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
    return performance.now() - started
  })()`)
  await page.waitForTimeout(AFTERMATH_MS)
  return milliseconds
}

/** Rows out of sight are drawn after those in sight. */
const AFTERMATH_MS = 700
