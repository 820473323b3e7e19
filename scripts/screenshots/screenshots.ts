/** `screenshots`: takes screenshots of all pages of a running registry. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { type PageName, SITE_PAGES } from './site-pages.ts'

const NAMES = Object.keys(SITE_PAGES)
const isPageName = (name: string): name is PageName => Object.hasOwn(SITE_PAGES, name)

export const screenshots = defineCommand({
  description: `Takes screenshots of the pages of a running registry in three widths and both colour schemes. All pages have content
with the sample (npm start -- --sample) and with the open sources.

Needs Chromium, either on the PATH or installed by Playwright.`,
  arguments: {
    folder: { description: 'where to write the files' },
    page: { description: `only these pages: ${NAMES.join(', ')}`, isOptional: true, isRepeated: true },
  },
  options: {
    url: { type: 'string', value: 'URL', description: 'the registry', default: 'http://localhost:8787' },
  },
  environment: { CHROMIUM_PATH: 'the path of Chromium, if it is elsewhere' },
  async run({ args: { folder, page }, values: { url } }, { output }) {
    const names = page.length > 0 ? page : NAMES
    const unknown = names.find((name) => !isPageName(name))
    if (unknown !== undefined) throw new CommandError(`Cannot take a screenshot of "${unknown}": no such page`)
    // Playwright is installed for development only.
    const { findChromium, startChromium } = await import('./chromium.ts')
    const { takeScreenshots } = await import('./take-screenshots.ts')
    const executable = findChromium()
    if (executable === undefined) throw new CommandError('Cannot take screenshots: Chromium is not installed')
    mkdirSync(folder, { recursive: true })
    const browser = await startChromium(executable)
    try {
      const options = { url: url.replace(/\/$/, ''), folder: resolve(folder), names: names.filter(isPageName) }
      const count = await takeScreenshots(browser, options, (file) => output.write(`${file}\n`))
      output.write(`${count} screenshots of ${options.url}\n`)
    } finally {
      await browser.close()
    }
    return 0
  },
})
