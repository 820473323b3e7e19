/** `screenshots`: pictures of all pages of a running registry. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readArgument } from '../../src/cli/shared/options.ts'
import { type PageName, SITE_PAGES } from './site-pages.ts'

const HELP = `Usage: node scripts/registry.ts screenshots FOLDER [--url URL] [--page NAME]...

Takes pictures of all pages of a running registry, such as that of "npm start -- --sample", in three widths and both
colour schemes, and writes them into FOLDER. Needs Chromium: CHROMIUM_PATH, one on the PATH, or that of Playwright.

  --url URL     the registry (default http://localhost:8787)
  --page NAME   only this page; may be repeated: ${Object.keys(SITE_PAGES).join(', ')}
  --help        show this text`

const isPageName = (name: string): name is PageName => Object.hasOwn(SITE_PAGES, name)

export const screenshots = defineCommand({
  help: HELP,
  options: { url: { type: 'string', default: 'http://localhost:8787' }, page: { type: 'string', multiple: true } },
  async run({ values: { url = '', page }, positionals }, { output }) {
    const folder = resolve(readArgument('take screenshots', positionals, 'one folder for them'))
    const names = page ?? Object.keys(SITE_PAGES)
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
      const options = { url: url.replace(/\/$/, ''), folder, names: names.filter(isPageName) }
      const count = await takeScreenshots(browser, options, (file) => output.write(`${file}\n`))
      output.write(`${count} screenshots of ${options.url}\n`)
    } finally {
      await browser.close()
    }
    return 0
  },
})
